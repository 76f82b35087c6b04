package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after owners, by commands of its own. */
@Command(
        name = "owner",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Look after owners: those who have images of their own, and tokens to work on them.",
            "",
            "The first owner is there from the beginning. It has all images that were there before there were owners, and"
                    + " always is an active administrator."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost owner add alice", "  imagehost owner list"})
final class OwnerCommand {

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
