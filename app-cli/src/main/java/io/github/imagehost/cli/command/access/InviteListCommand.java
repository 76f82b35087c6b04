package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.view.InvitationDetails;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists all invitations. */
@Command(
        name = "list",
        description = {
            "List all invitations, those that are good for nothing any more, too.",
            "",
            "What people show for them is not told."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost invite list"})
final class InviteListCommand implements Callable<Integer> {

    private static final List<String> HEADINGS =
            List.of("ID", "STATE", "LEFT", "CREATED", "EXPIRES", "MAX IMAGES", "MAX SIZE");

    private static final String NO_LIMIT = "none";

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    InviteListCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            List<Invitation> invitations = session.invitations().list();
            if (options.json()) {
                terminal.print(Json.write(new InvitationsResult(
                        invitations.stream().map(InvitationDetails::of).toList())));
            } else if (invitations.isEmpty()) {
                terminal.print("There are no invitations");
            } else {
                print(invitations);
            }
        }
        return ExitCode.OK.value();
    }

    private void print(List<Invitation> invitations) {
        Instant now = Instant.now();
        TextTable table = new TextTable();
        table.add(HEADINGS);
        for (Invitation invitation : invitations) {
            InvitationDetails details = InvitationDetails.of(invitation);
            Long images = details.quota().images();
            Long bytes = details.quota().bytes();
            table.add(List.of(
                    String.valueOf(details.id()),
                    state(invitation, now),
                    details.usesLeft() + " of " + details.uses(),
                    details.createdAt(),
                    details.expiresAt(),
                    images == null ? NO_LIMIT : String.valueOf(images),
                    bytes == null ? NO_LIMIT : Amounts.bytes(bytes)));
        }
        table.lines().forEach(terminal::print);
    }

    private static String state(Invitation invitation, Instant now) {
        if (invitation.isRevoked()) {
            return "revoked";
        }
        if (invitation.isUsable(now)) {
            return "active";
        }
        return invitation.isExpired(now) ? "expired" : "used up";
    }

    /** What is printed as JSON: what the service answers. */
    record InvitationsResult(List<InvitationDetails> invitations) {}
}
