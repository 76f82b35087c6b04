package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after tags, by commands of its own. */
@Command(
        name = "tag",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Give pictures words by which they are found."},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost tag add cat,garden 12 13", "  imagehost list --tag cat"})
final class TagCommand {

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
