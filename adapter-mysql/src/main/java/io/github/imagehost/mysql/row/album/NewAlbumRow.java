package io.github.imagehost.mysql.row.album;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album to insert.
 *
 * @param visibility from {@code publicUntil} on, if that is not null
 * @param publicUntil until when it is public, whatever its visibility; null if that alone says it
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
        @Nullable Instant publicUntil,
        boolean drawn,
        @Nullable Instant expiresAt) {}
