package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.TagChange;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** Gives pictures tags. */
@Command(
        name = "add",
        description = {"Give pictures tags, beside those that they have."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost tag add cat,garden 12 13"})
final class TagAddCommand extends TagChangeCommand {

    TagAddCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        super(options, terminal, pauses, TagChange::add);
    }
}
