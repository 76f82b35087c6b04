package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.AlbumAndPictures;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureAlbums;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.view.AlbumDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Changes what is in an album, and prints for how many pictures it did. */
abstract class AlbumContentsCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumAndPictures chosen = new AlbumAndPictures();

    private final Terminal terminal;
    private final String result;

    /**
     * @param pauses before each further try when a service is away or busy
     * @param result what is printed before the number of pictures
     */
    AlbumContentsCommand(CommonOptions options, Terminal terminal, List<Duration> pauses, String result) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
        this.result = result;
    }

    @Override
    public Integer call() throws IOException {
        try (PictureHost host = pictures.open(options)) {
            AlbumDetails found = chosen.album(host);
            List<Long> ids = chosen.findIn(host, terminal);
            int done = ids.isEmpty()
                    ? 0
                    : change(host.albums(), found.id(), ids)
                            .orElseThrow(() -> new NotFoundException(
                                    "album_not_found", "There is no album " + found.id() + " any more"));
            if (options.json()) {
                terminal.print(Json.write(new Changed(done)));
            } else {
                terminal.print(result + ": " + done);
            }
            return (ids.size() == chosen.count() ? ExitCode.OK : ExitCode.NOT_DONE).value();
        }
    }

    /**
     * Changes what is in the album.
     *
     * @param ids of pictures that are there
     * @return for how many of them it is done, or empty if there is no such album any more
     */
    abstract Optional<Integer> change(PictureAlbums albums, long albumId, List<Long> ids);

    /** What is printed as JSON. */
    record Changed(int count) {}
}
