package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureAlbums.TagDetails;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.port.album.TagLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists tags. */
@Command(
        name = "list",
        description = {"List the tags that pictures have, with the numbers of pictures."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost tag list"})
final class TagListCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    TagListCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (PictureHost host = pictures.open(options)) {
            List<TagDetails> tags = all(host);
            if (options.json()) {
                terminal.print(Json.write(new TagsResult(tags)));
            } else if (tags.isEmpty()) {
                terminal.print("There are no tags");
            } else {
                TextTable table = new TextTable();
                table.add(List.of("PICTURES", "TAG"));
                tags.forEach(tag -> table.add(List.of(String.valueOf(tag.images()), tag.tag())));
                table.lines().forEach(terminal::print);
            }
        }
        return ExitCode.OK.value();
    }

    private static List<TagDetails> all(PictureHost host) {
        List<TagDetails> all = new ArrayList<>();
        List<TagDetails> some;
        do {
            Optional<Tag> last = all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Tag(all.get(all.size() - 1).tag()));
            some = host.albums().tags(last, TagLedger.MOST_TAGS);
            all.addAll(some);
        } while (some.size() == TagLedger.MOST_TAGS);
        return all;
    }

    /** What is printed as JSON: what the service answers. */
    record TagsResult(List<TagDetails> tags) {}
}
