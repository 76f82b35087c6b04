package io.github.imagehost.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks after albums, by commands of its own. */
@Command(
        name = "album",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Put pictures in order: into albums that you alone see, or everybody who gets a link."},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost album create Holiday --public",
            "  imagehost album add Holiday 12 13",
            "  imagehost upload --album Holiday cat.jpg"
        })
final class AlbumCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
