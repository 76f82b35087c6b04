package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.converter.time.InvitationLifeConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.access.login.InvitationRequest;
import io.github.imagehost.core.access.login.IssuedInvitation;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.view.InvitationDetails;
import io.github.imagehost.core.view.QuotaDetails;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an invitation. */
@Command(
        name = "create",
        description = {
            "Make an invitation: whoever has it becomes an owner, with a name and a password of his choice, as often as it"
                    + " says.",
            "",
            "Standard output is what people show for it alone. It is told only now."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost invite create",
            "  imagehost invite create --uses 20 --expires 30d --max-size 5GB"
        })
final class InviteCreateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Option(
            names = "--uses",
            paramLabel = "N",
            description = "How many owners it may make, 1 to " + InvitationRequest.MOST_USES + "; 1 otherwise.")
    private Integer uses = 1;

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = InvitationLifeConverter.class,
            description = "How long it is good, such as 12h or 30d, 365d at the most; 7d otherwise.")
    private Duration life = InvitationRequest.DEFAULT_LIFE;

    @Mixin
    private final QuotaOptions quota = new QuotaOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    InviteCreateCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        InvitationRequest request = request();
        try (HostSession session = options.session()) {
            IssuedInvitation issued = session.invitations().issue(request);
            session.note(Acts.invitationCreated(issued.invitation()));
            String secret = issued.secret().reveal();
            InvitationDetails details = InvitationDetails.of(issued.invitation());
            if (options.json()) {
                terminal.print(Json.write(CreatedInvitation.of(secret, details)));
            } else {
                terminal.print(secret);
                terminal.note("Invitation " + details.id() + " makes " + details.uses()
                        + (details.uses() == 1 ? " owner" : " owners") + ", until " + details.expiresAt());
                TypedRequest.explain(
                        terminal,
                        session.publicUrl() + "/api/invitation",
                        "{\"invitation\":\"" + secret + "\",\"name\":\"…\",\"password\":\"…\"}");
            }
        }
        return ExitCode.OK.value();
    }

    private InvitationRequest request() {
        try {
            return new InvitationRequest(uses, life, quota.change().appliedTo(Quota.NONE));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * What is printed as JSON: what the service answers.
     *
     * @param invitation what people show for it; the rest is what is known of it from now on
     */
    record CreatedInvitation(
            String invitation,
            long id,
            int uses,
            int usesLeft,
            String createdAt,
            String expiresAt,
            @Nullable String revokedAt,
            QuotaDetails quota) {

        static CreatedInvitation of(String invitation, InvitationDetails details) {
            return new CreatedInvitation(
                    invitation,
                    details.id(),
                    details.uses(),
                    details.usesLeft(),
                    details.createdAt(),
                    details.expiresAt(),
                    details.revokedAt(),
                    details.quota());
        }
    }
}
