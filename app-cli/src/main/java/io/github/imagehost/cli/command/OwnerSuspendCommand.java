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

/** Lets an owner do nothing any more. */
@Command(
        name = "suspend",
        description = {
            "Suspend an owner: its tokens allow nothing until it is activated.",
            "",
            "Its images and tokens stay, and its links go on working. A service that runs obeys after METADATA_CACHE at the"
                    + " latest, which is 5 seconds unless it is set."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner suspend alice"})
final class OwnerSuspendCommand implements Callable<Integer> {

    private static final Owner.Change CHANGE =
            new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED));

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", converter = OwnerNameConverter.class, description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    OwnerSuspendCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return OwnerChange.make(name, CHANGE, new QuotaOptions(), options, terminal, spec);
    }
}
