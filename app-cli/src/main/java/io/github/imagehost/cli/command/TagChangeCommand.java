package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.option.TagsAndPictures;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.TagChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Changes tags of pictures, and prints those that they have then. */
abstract class TagChangeCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final TagsAndPictures chosen = new TagsAndPictures();

    private final Terminal terminal;
    private final TagChange.Kind kind;

    /** @param pauses before each further try when a service is away or busy */
    TagChangeCommand(CommonOptions options, Terminal terminal, List<Duration> pauses, TagChange.Kind kind) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
        this.kind = kind;
    }

    @Override
    public Integer call() throws IOException {
        TagChange change = chosen.change(kind);
        try (PictureHost host = pictures.open(options)) {
            List<TaggedPicture> changed = new ArrayList<>();
            for (long id : chosen.findIn(host, terminal)) {
                host.albums().changeTags(id, change).ifPresent(now -> changed.add(new TaggedPicture(id, now)));
            }
            if (options.json()) {
                terminal.print(Json.write(new Result(changed)));
            } else {
                changed.forEach(picture -> terminal.print(picture.id() + ": " + String.join(", ", picture.tags())));
            }
            return (changed.size() == chosen.count() ? ExitCode.OK : ExitCode.NOT_DONE).value();
        }
    }

    /** What is printed as JSON. */
    record Result(List<TaggedPicture> images) {}

    record TaggedPicture(long id, List<String> tags) {}
}
