package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Image;
import java.util.List;
import java.util.Optional;

/**
 * Some images of an album.
 *
 * @param images in the order of the album; may be fewer than were asked for, also none, before the end
 * @param next where the album continues; empty at its end
 */
public record AlbumPage(List<Image> images, Optional<AlbumCursor> next) {

    public AlbumPage {
        images = List.copyOf(images);
    }
}
