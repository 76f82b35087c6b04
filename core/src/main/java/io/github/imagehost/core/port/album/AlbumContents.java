package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.AlbumPage;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.DrawQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of the {@link AlbumRepository} that knows which images are in which albums. */
public interface AlbumContents {

    /**
     * Sees to it that images are in an album of the same owner. May be repeated.
     *
     * @param images their ids, any number; those that the owner does not have are left out
     * @return those that are in it now; empty if the owner has no such album
     */
    Optional<Set<Long>> addImages(OwnerId owner, long album, List<Long> images, AlbumPlace place);

    /**
     * Sees to it that images are not in an album of this owner. May be repeated.
     *
     * @param images their ids, any number
     * @return those that were in it; empty if the owner has no such album
     */
    Optional<Set<Long>> removeImages(OwnerId owner, long album, List<Long> images);

    /** Some images of an album, as they are at one moment; none if there is no such album. */
    AlbumPage images(long album, AlbumQuery query);

    /**
     * An image that everybody may see in an album, left to chance: each with about the same probability, at a cost that
     * does not grow with the album. If very few images of a very large album are of that kind, perhaps none is found.
     *
     * @return empty if there is none, or no such album
     */
    Optional<Image> draw(long album, DrawQuery query);
}
