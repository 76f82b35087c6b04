package io.github.imagehost.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
