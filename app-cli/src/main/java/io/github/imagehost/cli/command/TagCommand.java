package io.github.imagehost.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks after tags, by commands of its own. */
@Command(
        name = "tag",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Give pictures words by which they are found."},
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost tag add cat,garden 12 13", "  imagehost list --tag cat"})
final class TagCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
