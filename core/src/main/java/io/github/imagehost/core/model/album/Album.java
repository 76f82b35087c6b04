package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * An owner's own order over images. It holds no bytes: an image that is in several albums is one image, and stays when
 * they go.
 *
 * @param id unique over all owners, at least 1
 * @param owner whose it is, and all its images
 * @param key the unguessable name in its link
 * @param settings what its owner says of it
 * @param cover the id of the image that stands for it; empty if nobody has chosen one, or if that is gone
 * @param images how many are in it, whoever may see them
 * @param createdAt with milliseconds, by the repository's clock
 * @param updatedAt when its owner last changed its settings, with milliseconds, by the repository's clock
 */
public record Album(
        long id,
        OwnerId owner,
        AlbumKey key,
        AlbumSettings settings,
        OptionalLong cover,
        long images,
        Instant createdAt,
        Instant updatedAt) {

    public Album {
        if (id < 1) {
            throw new IllegalArgumentException("An album's id is a whole number from 1, not " + id);
        }
    }

    /** Whether whoever has its link may see it. */
    public boolean isPublic() {
        return settings.visibility() == Visibility.PUBLIC;
    }
}
