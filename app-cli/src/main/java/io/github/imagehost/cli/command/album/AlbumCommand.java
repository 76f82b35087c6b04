package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
