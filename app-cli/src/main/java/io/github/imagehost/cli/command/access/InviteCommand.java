package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
