package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerNameConverter;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a suspended owner act again. */
@Command(
        name = "activate",
        description = "Let an owner that was suspended act again. Its tokens work as before.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner activate alice"})
final class OwnerActivateCommand implements Callable<Integer> {

    private static final Owner.Change CHANGE =
            new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.ACTIVE));

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", converter = OwnerNameConverter.class, description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    OwnerActivateCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return OwnerChange.make(name, CHANGE, new QuotaOptions(), options, terminal, spec);
    }
}
