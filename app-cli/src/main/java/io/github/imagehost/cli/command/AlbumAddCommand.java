package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.AlbumAndPictures;
import io.github.imagehost.cli.option.AlbumPlaceConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.view.AlbumDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts pictures into an album. */
@Command(
        name = "add",
        description = {
            "Put pictures into an album. Those that are in it already stay where they are, unless there is --to."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost album add Holiday 12 13",
            "  imagehost album add Holiday 13 12 --to start"
        })
final class AlbumAddCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumAndPictures chosen = new AlbumAndPictures();

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            converter = AlbumPlaceConverter.class,
            completionCandidates = AlbumPlaceConverter.class,
            description =
                    "Where in the album, if its order is manual: ${COMPLETION-CANDIDATES}. Moves also those that are in"
                            + " it already.")
    private AlbumPlace place = AlbumPlace.KEEP;

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumAddCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
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
                            .put(found.id(), ids, place)
                            .orElseThrow(() -> new NotFoundException(
                                    "album_not_found", "There is no album " + found.id() + " any more"));
            if (options.json()) {
                terminal.print(Json.write(new Moved(done)));
            } else {
                terminal.print("Pictures that are in the album now: " + done);
            }
            return (ids.size() == chosen.count() ? ExitCode.OK : ExitCode.NOT_DONE).value();
        }
    }

    /** What is printed as JSON. */
    record Moved(int count) {}
}
