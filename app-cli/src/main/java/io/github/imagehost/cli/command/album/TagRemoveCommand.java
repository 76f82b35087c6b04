package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.TagChange;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes tags from pictures. */
@Command(
        name = "remove",
        description = {"Take tags from pictures."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost tag remove cat,garden 12 13"})
final class TagRemoveCommand extends TagChangeCommand {

    TagRemoveCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        super(options, terminal, pauses, TagChange::remove);
    }
}
