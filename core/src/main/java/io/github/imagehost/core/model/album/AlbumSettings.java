package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import java.util.Optional;

/**
 * What an owner says of an album.
 *
 * @param name how it is called
 * @param order in which order its images are
 * @param visibility whether whoever has its link sees those of its images that everybody may see
 * @param drawn whether images to be shown to anybody may be drawn from it, while it is public
 * @param expiresAt when it ends, with milliseconds, by the repository's clock; empty if it never does
 */
public record AlbumSettings(
        AlbumName name, AlbumOrder order, Visibility visibility, boolean drawn, Optional<Instant> expiresAt) {

    /** An album of this name that only its owner sees, the latest images first. */
    public static AlbumSettings of(AlbumName name) {
        return new AlbumSettings(name, AlbumOrder.NEWEST, Visibility.PRIVATE, false, Optional.empty());
    }
}
