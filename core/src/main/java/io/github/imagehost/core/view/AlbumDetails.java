package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumSettings;
import org.jspecify.annotations.Nullable;

/**
 * An album as its owner sees it.
 *
 * @param id of the album
 * @param name how its owner calls it
 * @param images how many are in it
 * @param order {@code newest}, {@code oldest} or {@code manual}
 * @param visibility {@code private}, or {@code public} if whoever has its link sees its public images
 * @param publicUntil when it becomes private by itself, as {@link Timestamps} writes it; null if it never does, or is
 *     private
 * @param random whether images may be drawn from it for anybody, while it is public
 * @param cover the id of the image that stands for it; null if nobody has chosen one
 * @param expiresAt when it ends, as {@link Timestamps} writes it; null if it never does
 * @param createdAt as {@link Timestamps} writes it
 * @param updatedAt as {@link Timestamps} writes it
 * @param url where everybody who knows it sees the album; null while it is private
 */
public record AlbumDetails(
        long id,
        String name,
        long images,
        String order,
        String visibility,
        @Nullable String publicUntil,
        boolean random,
        @Nullable Long cover,
        @Nullable String expiresAt,
        String createdAt,
        String updatedAt,
        @Nullable String url) {

    /** This album, under these links. */
    public static AlbumDetails of(Album album, ImageLinks links) {
        AlbumSettings settings = album.settings();
        return new AlbumDetails(
                album.id(),
                settings.name().value(),
                album.images(),
                settings.order().label(),
                settings.visibility().label(),
                settings.publicUntil().map(Timestamps::format).orElse(null),
                settings.drawn(),
                album.cover().isPresent() ? album.cover().getAsLong() : null,
                settings.expiresAt().map(Timestamps::format).orElse(null),
                Timestamps.format(album.createdAt()),
                Timestamps.format(album.updatedAt()),
                album.isPublic() ? links.urlOf(album) : null);
    }
}
