package io.github.imagehost.mysql.row.album;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album.
 *
 * @param visibility of this moment
 * @param publicUntil null if it is private, or stays public
 * @param coverId null if no image stands for it
 * @param expiresAt null if it never ends
 */
public record AlbumRow(
        long id,
        long ownerId,
        String linkKey,
        String name,
        String arrangement,
        String visibility,
        @Nullable Instant publicUntil,
        boolean drawn,
        @Nullable Long coverId,
        @Nullable Instant expiresAt,
        long images,
        Instant createdAt,
        Instant updatedAt) {}
