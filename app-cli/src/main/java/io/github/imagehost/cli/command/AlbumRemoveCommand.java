package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.AlbumAndPictures;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.view.AlbumDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes pictures out of an album. */
@Command(
        name = "remove",
        description = {"Take pictures out of an album. They stay."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost album remove Holiday 12 13"})
final class AlbumRemoveCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumAndPictures chosen = new AlbumAndPictures();

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumRemoveCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (PictureHost host = pictures.open(options)) {
            AlbumDetails found = chosen.album(host);
            List<Long> ids = chosen.findIn(host, terminal);
            int done = ids.isEmpty()
                    ? 0
                    : host.albums()
                            .takeOut(found.id(), ids)
                            .orElseThrow(() -> new NotFoundException(
                                    "album_not_found", "There is no album " + found.id() + " any more"));
            if (options.json()) {
                terminal.print(Json.write(new Moved(done)));
            } else {
                terminal.print("Pictures that were taken out: " + done);
            }
            return (ids.size() == chosen.count() ? ExitCode.OK : ExitCode.NOT_DONE).value();
        }
    }

    /** What is printed as JSON. */
    record Moved(int count) {}
}
