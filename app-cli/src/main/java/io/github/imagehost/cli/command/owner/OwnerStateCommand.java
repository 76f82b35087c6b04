package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes whether an owner may act. */
abstract class OwnerStateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;
    private final OwnerState state;

    @Parameters(paramLabel = "NAME", converter = OwnerNameConverter.class, description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    OwnerStateCommand(CommonOptions options, Terminal terminal, OwnerState state) {
        this.options = options;
        this.terminal = terminal;
        this.state = state;
    }

    @Override
    public Integer call() {
        Owner.Change change = new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(state));
        return OwnerChange.make(name, change, new QuotaOptions(), options, terminal, spec);
    }
}
