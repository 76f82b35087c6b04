package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.converter.RoleConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an owner. */
@Command(
        name = "add",
        description = "Add an owner, who has no images and no tokens yet.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost owner add alice",
            "  imagehost owner add bob --role admin",
            "  imagehost owner add carol --max-size 5GB"
        })
final class OwnerAddCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            converter = OwnerNameConverter.class,
            description = "What to call the owner: " + OwnerName.RULE + ".")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            completionCandidates = RoleConverter.class,
            description =
                    "What the owner may do at the most: ${COMPLETION-CANDIDATES}; user otherwise. A user looks after"
                            + " its own images and tokens, an admin after owners, too.")
    private Role role = Role.USER;

    @Mixin
    private final QuotaOptions quota = new QuotaOptions();

    OwnerAddCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            Owner owner = session.owners().add(name, role);
            session.note(Acts.ownerAdded(owner));
            OwnerChange.limit(owner.id(), quota, session);
            OwnerOutput.print(owner, session, options, terminal);
        }
        return ExitCode.OK.value();
    }
}
