package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.view.AlbumDetails;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists albums. */
@Command(
        name = "list",
        description = {"List all albums, in the order of their names."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost album list", "  imagehost album list --json"})
final class AlbumListCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumListCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (PictureHost host = pictures.open(options)) {
            List<AlbumDetails> albums = host.albums().list();
            if (options.json()) {
                terminal.print(Json.write(new AlbumsResult(albums)));
            } else if (albums.isEmpty()) {
                terminal.print("There are no albums");
            } else {
                AlbumOutput.print(albums, terminal);
            }
        }
        return ExitCode.OK.value();
    }

    /** What is printed as JSON: what the service answers. */
    record AlbumsResult(List<AlbumDetails> albums) {}
}
