package io.github.imagehost.core.model.album;

import java.util.Optional;

/**
 * Which images of an album to show.
 *
 * @param audience to whom
 * @param order in which order; that of the album if empty
 * @param limit how many at the most, 1 to {@value #MAX_LIMIT}
 * @param cursor where to continue; empty to begin. One that was made for another order begins, too
 */
public record AlbumQuery(Audience audience, Optional<AlbumOrder> order, int limit, Optional<AlbumCursor> cursor) {

    /** The largest page there can be. */
    public static final int MAX_LIMIT = 100;

    /** To whom images are shown. */
    public enum Audience {
        /** Their owner, who sees all of them. */
        OWNER,
        /** Whoever has the link of the album: no private images, and none that may be seen only so often. */
        EVERYBODY
    }

    /** In the order of the album. */
    public AlbumQuery(Audience audience, int limit, Optional<AlbumCursor> cursor) {
        this(audience, Optional.empty(), limit, cursor);
    }

    public AlbumQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A limit is a whole number from 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }
}
