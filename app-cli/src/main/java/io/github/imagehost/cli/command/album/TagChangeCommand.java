package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.option.TagsAndPictures;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.TagChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    private final Function<Collection<Tag>, TagChange> change;

    /**
     * @param pauses before each further try when a service is away or busy
     * @param change what is done with the tags that somebody names
     */
    TagChangeCommand(
            CommonOptions options,
            Terminal terminal,
            List<Duration> pauses,
            Function<Collection<Tag>, TagChange> change) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
        this.change = change;
    }

    @Override
    public Integer call() throws IOException {
        TagChange wanted = change.apply(chosen.tags());
        try (PictureHost host = pictures.open(options)) {
            List<TaggedPicture> changed = new ArrayList<>();
            for (long id : chosen.findIn(host, terminal)) {
                host.albums().changeTags(id, wanted).ifPresent(now -> changed.add(new TaggedPicture(id, now)));
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
