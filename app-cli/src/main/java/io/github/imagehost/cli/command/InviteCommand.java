package io.github.imagehost.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes and revokes invitations, by commands of its own. */
@Command(
        name = "invite",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Make, list and revoke invitations: with one, people become owners by themselves.",
            "",
            "What they show for it is told only when it is made."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost invite create --uses 5", "  imagehost invite list"})
final class InviteCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
