package io.github.imagehost.cli.command.access;

import io.github.imagehost.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes and revokes tokens, by commands of its own. */
@Command(
        name = "token",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Make, list and revoke tokens: what programs show to the service to act for an owner.",
            "",
            "A token is shown only when it is made. Give each program one of its own, so that you can revoke it alone."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost token create laptop", "  imagehost token list"})
final class TokenCommand {

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();
}
