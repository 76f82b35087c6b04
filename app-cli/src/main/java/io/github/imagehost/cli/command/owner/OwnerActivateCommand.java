package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.OwnerState;
import picocli.CommandLine.Command;

/** Lets a suspended owner act again. */
@Command(
        name = "activate",
        description = "Let an owner that was suspended act again. Its tokens work as before.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner activate alice"})
final class OwnerActivateCommand extends OwnerStateCommand {

    OwnerActivateCommand(CommonOptions options, Terminal terminal) {
        super(options, terminal, OwnerState.ACTIVE);
    }
}
