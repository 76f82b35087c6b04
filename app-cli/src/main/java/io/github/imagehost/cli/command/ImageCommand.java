package io.github.imagehost.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes pictures and shares them, by commands of its own. */
@Command(
        name = "image",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Say who sees a picture, how long and what it is called, and share private ones."},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost image set 12 --private", "  imagehost image link 12 --expires 30m"})
final class ImageCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
