package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.PictureAlbums;
import io.github.imagehost.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Takes pictures out of an album. */
@Command(
        name = "remove",
        description = {"Take pictures out of an album. They stay."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost album remove Holiday 12 13"})
final class AlbumRemoveCommand extends AlbumContentsCommand {

    /** @param pauses before each further try when a service is away or busy */
    AlbumRemoveCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        super(options, terminal, pauses, "Pictures that were taken out");
    }

    @Override
    Optional<Integer> change(PictureAlbums albums, long albumId, List<Long> ids) {
        return albums.takeOut(albumId, ids);
    }
}
