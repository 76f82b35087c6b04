package io.github.imagehost.mysql.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album to insert.
 *
 * @param expiresAt null if it never ends
 */
@SuppressWarnings("ArrayRecordComponent") // is a parameter, never compared
public record NewAlbumRow(
        long ownerId,
        String linkKey,
        String name,
        byte[] foldedName,
        String arrangement,
        String visibility,
        boolean drawn,
        @Nullable Instant expiresAt) {}
