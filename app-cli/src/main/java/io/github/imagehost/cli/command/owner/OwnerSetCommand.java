package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.converter.RoleConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes an owner's name or role, or how much it may have. */
@Command(
        name = "set",
        description = {
            "Change an owner's name or role, or how much it may have. Its images, links and tokens stay.",
            "",
            "A token never allows more than its owner's role, whatever it was made for."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost owner set alice --role admin",
            "  imagehost owner set alice --name alice.b",
            "  imagehost owner set alice --max-images 1000 --max-size none"
        })
final class OwnerSetCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", converter = OwnerNameConverter.class, description = "The owner's present name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Option(
            names = "--name",
            paramLabel = "NEW-NAME",
            converter = OwnerNameConverter.class,
            description = "What to call the owner from now on: " + OwnerName.RULE + ".")
    private Optional<OwnerName> newName = Optional.empty();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = RoleConverter.class,
            completionCandidates = RoleConverter.class,
            description = "What the owner may do at the most from now on: ${COMPLETION-CANDIDATES}.")
    private Optional<Role> role = Optional.empty();

    @Mixin
    private final QuotaOptions quota = new QuotaOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    OwnerSetCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (newName.isEmpty() && role.isEmpty() && !quota.change().changesSomething()) {
            throw new ParameterException(
                    spec.commandLine(), "What is to change? Give --name, --role, --max-images or --max-size");
        }
        Owner.Change change = new Owner.Change(newName, role, Optional.empty());
        return OwnerChange.make(name, change, quota, options, terminal, spec);
    }
}
