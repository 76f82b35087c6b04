package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Albums as Lsky Pro's clients know them: by their ids, which mean nothing if there is no such album. */
@Component
final class LskyAlbums {

    /** The field and the parameter with the id of an album. */
    static final String FIELD = "album_id";

    private final Albums albums;
    private final RequestAudit audit;

    LskyAlbums(Albums albums, RequestAudit audit) {
        this.albums = albums;
        this.audit = audit;
    }

    /** An album as it is listed. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Listed(long id, String name, String intro, long imageNum) {

        private static Listed of(Album album) {
            return new Listed(album.id(), album.settings().name().value(), "", album.images());
        }
    }

    /** The albums that a list asks for, in its order. */
    List<Listed> list(OwnerId owner, LskyListParameters parameters) {
        String keyword = parameters.keyword().toLowerCase(Locale.ROOT);
        Comparator<Album> order = switch (parameters.order()) {
            case "earliest" -> Comparator.comparingLong(Album::id);
            case "most" -> Comparator.comparingLong(Album::images).reversed();
            case "least" -> Comparator.comparingLong(Album::images);
            default -> Comparator.comparingLong(Album::id).reversed();
        };
        return albums.list(owner).stream()
                .filter(album ->
                        album.settings().name().value().toLowerCase(Locale.ROOT).contains(keyword))
                .sorted(order)
                .map(Listed::of)
                .toList();
    }

    /** How many the owner has. */
    long count(OwnerId owner) {
        return albums.list(owner).size();
    }

    /** The owner's album with this id; empty for any other text. */
    Optional<Album> find(OwnerId owner, String id) {
        OptionalLong parsed = ImageIds.parse(id);
        return parsed.isPresent() ? albums.find(owner, parsed.getAsLong()) : Optional.empty();
    }

    /** Puts an image into the album with this id, if there is one: clients send what other hosts have given them. */
    void put(OwnerId owner, long image, String id) {
        find(owner, id).ifPresent(album -> albums.addImages(owner, album.id(), List.of(image), AlbumPlace.KEEP));
    }

    /** Deletes an album, if there is one. */
    void delete(OwnerId owner, String id, HttpServletRequest request) {
        find(owner, id)
                .filter(album -> albums.delete(owner, album.id()))
                .ifPresent(album -> audit.note(request, Acts.albumDeleted(album)));
    }
}
