package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.converter.AlbumPlaceConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.PictureAlbums;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.AlbumPlace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
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
final class AlbumAddCommand extends AlbumContentsCommand {

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            converter = AlbumPlaceConverter.class,
            completionCandidates = AlbumPlaceConverter.class,
            description =
                    "Where in the album, if its order is manual: ${COMPLETION-CANDIDATES}. Moves also those that are in"
                            + " it already.")
    private AlbumPlace place = AlbumPlace.KEEP;

    /** @param pauses before each further try when a service is away or busy */
    AlbumAddCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        super(options, terminal, pauses, "Pictures that are in the album now");
    }

    @Override
    Optional<Integer> change(PictureAlbums albums, long albumId, List<Long> ids) {
        return albums.put(albumId, ids, place);
    }
}
