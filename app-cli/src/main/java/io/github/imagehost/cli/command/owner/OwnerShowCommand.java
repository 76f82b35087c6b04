package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one owner. */
@Command(
        name = "show",
        description = "Show what is known of an owner.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner show alice"})
final class OwnerShowCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", converter = OwnerNameConverter.class, description = "The owner's name.")
    private OwnerName name = Owner.DEFAULT_NAME;

    OwnerShowCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            OwnerOutput.print(OwnerOption.find(name, session.owners()), session, options, terminal);
        }
        return ExitCode.OK.value();
    }
}
