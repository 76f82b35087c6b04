package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.access.login.IssuedLink;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.view.Timestamps;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets an owner log in once without a password. */
@Command(
        name = "login-link",
        description = {
            "Make a login link: whoever has it logs in to the service as this owner, once, within 10 minutes, and may then"
                    + " set a password.",
            "",
            "Standard output is what the link is good by alone. It is shown only now."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost login-link default", "  imagehost login-link alice"})
final class LoginLinkCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "OWNER", converter = OwnerNameConverter.class, description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    LoginLinkCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            Owner owner = OwnerOption.find(name, session.owners());
            // owners are never deleted
            IssuedLink issued = session.loginLinks().issue(owner.id()).orElseThrow();
            session.note(Acts.loginLinkCreated(owner.id()));
            String secret = issued.secret().reveal();
            String expiresAt = Timestamps.format(issued.link().expiresAt());
            if (options.json()) {
                terminal.print(Json.write(new CreatedLink(secret, expiresAt)));
            } else {
                terminal.print(secret);
                terminal.note("It lets " + owner.name() + " in once, until " + expiresAt);
                TypedRequest.explain(terminal, session.publicUrl() + "/api/session", "{\"link\":\"" + secret + "\"}");
            }
        }
        return ExitCode.OK.value();
    }

    /**
     * What is printed as JSON: what the service answers.
     *
     * @param link what its bearer sends
     */
    record CreatedLink(String link, String expiresAt) {}
}
