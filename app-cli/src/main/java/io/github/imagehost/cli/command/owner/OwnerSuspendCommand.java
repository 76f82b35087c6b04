package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.access.OwnerState;
import picocli.CommandLine.Command;

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
final class OwnerSuspendCommand extends OwnerStateCommand {

    OwnerSuspendCommand(CommonOptions options, Terminal terminal) {
        super(options, terminal, OwnerState.SUSPENDED);
    }
}
