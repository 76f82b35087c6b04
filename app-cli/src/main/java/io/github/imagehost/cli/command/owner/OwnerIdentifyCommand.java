package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who an owner is at the identity provider. */
@Command(
        name = "identify",
        description = {
            "Say who an owner is at the identity provider (OIDC_ISSUER): whoever logs in there as SUBJECT is logged in here"
                    + " as this owner.",
            "",
            "An identity is one owner's: if another one had it, it has it no more. An owner may have several."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner identify alice 248289761001"})
final class OwnerIdentifyCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            converter = OwnerNameConverter.class,
            description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Parameters(
            index = "1",
            paramLabel = "SUBJECT",
            description =
                    "What the provider calls whoever it is, in the claim sub: no name and no e-mail address. Who is"
                            + " refused because nobody here has his identity is told what it is.")
    private String subject = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    OwnerIdentifyCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            Identity identity = identity(session.identityProvider());
            Owner owner = OwnerOption.find(name, session.owners());
            session.identities().give(identity, owner);
            session.note(Acts.identityGiven(owner.id(), identity));
            OwnerOutput.print(owner, session, options, terminal);
        }
        return ExitCode.OK.value();
    }

    private Identity identity(String issuer) {
        try {
            return new Identity(issuer, subject);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + subject + "' is no subject: legal are " + Identity.RULE, e);
        }
    }
}
