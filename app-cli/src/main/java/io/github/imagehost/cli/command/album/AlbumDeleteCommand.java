package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.AlbumParameter;
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

/** Deletes an album, and no picture. */
@Command(
        name = "delete",
        description = {"Delete an album. Its pictures stay."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost album delete Holiday"})
final class AlbumDeleteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumParameter album = new AlbumParameter();

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumDeleteCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (PictureHost host = pictures.open(options)) {
            AlbumDetails found = album.findIn(host);
            boolean isDeleted = host.albums().delete(found.id());
            if (options.json()) {
                terminal.print(Json.write(new Deleted(isDeleted)));
            } else {
                terminal.print("Deleted album " + found.id() + ", '" + found.name() + "'");
            }
        }
        return ExitCode.OK.value();
    }

    /** What is printed as JSON. */
    record Deleted(boolean deleted) {}
}
