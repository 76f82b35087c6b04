package io.github.imagehost.mysql.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album.
 *
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
        boolean drawn,
        @Nullable Long coverId,
        @Nullable Instant expiresAt,
        long images,
        Instant createdAt,
        Instant updatedAt) {}
