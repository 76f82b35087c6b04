package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.view.InvitationDetails;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an invitation good for nothing. */
@Command(
        name = "revoke",
        description = "Make an invitation good for nothing any more. Who has become an owner by it stays one.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost invite revoke 3"})
final class InviteRevokeCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The invitation's id, as invite list tells it.")
    private Long id = 0L;

    InviteRevokeCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            Invitation revoked = session.invitations()
                    .revoke(id)
                    .orElseThrow(() -> new NotFoundException(
                            "invitation_not_found",
                            "There is no invitation " + id + "; 'imagehost invite list' shows all that there are"));
            session.note(Acts.invitationRevoked(revoked));
            terminal.print(
                    options.json() ? Json.write(InvitationDetails.of(revoked)) : "Revoked invitation " + revoked.id());
        }
        return ExitCode.OK.value();
    }
}
