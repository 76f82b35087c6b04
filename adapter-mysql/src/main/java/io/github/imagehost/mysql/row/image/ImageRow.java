package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image with what is known of its blob.
 *
 * @param expiresAt null for never
 * @param viewsLeft null for any number
 */
public record ImageRow(
        long id,
        long ownerId,
        String filename,
        String originalName,
        Digest digest,
        long size,
        Digest storedDigest,
        long storedSize,
        String mimeType,
        int width,
        int height,
        String objectKey,
        Instant uploadedAt,
        Instant updatedAt,
        String visibility,
        @Nullable Instant expiresAt,
        @Nullable Long viewsLeft,
        long linkEpoch) {}
