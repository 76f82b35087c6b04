package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.view.TokenDetails;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a token good for nothing. */
@Command(
        name = "revoke",
        description = {
            "Make a token good for nothing any more. What was done with it stays done.",
            "",
            "A service that runs obeys after METADATA_CACHE at the latest, which is 5 seconds unless it is set."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost token revoke 3", "  imagehost token revoke 4 --owner alice"})
final class TokenRevokeCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The token's id, as token list tells it.")
    private Long id = 0L;

    TokenRevokeCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            OwnerId ownerId = owner.in(session);
            AccessToken revoked = session.tokens()
                    .revoke(ownerId, id)
                    .orElseThrow(() -> new NotFoundException(
                            "token_not_found",
                            "There is no token " + id
                                    + " of this owner; 'imagehost token list', with the same --owner, shows"
                                    + " all that there are"));
            session.note(Acts.tokenRevoked(revoked));
            terminal.print(
                    options.json()
                            ? Json.write(TokenDetails.of(revoked))
                            : "Revoked token " + id + ", '" + revoked.name() + "'");
        }
        return ExitCode.OK.value();
    }
}
