package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes pictures and shares them, by commands of its own. */
@Command(
        name = "image",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Say who sees a picture, how long and what it is called, and share private ones."},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost image set 12 --private", "  imagehost image link 12 --expires 30m"})
final class ImageCommand {

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
