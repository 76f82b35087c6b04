package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Sharing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image to insert.
 *
 * @param id null for a fresh one
 * @param fileSize the blob's
 * @param mimeType the blob's
 * @param uploadedAt null for the present
 * @param updatedAt null for the present
 */
public record NewImage(
        @Nullable Long id,
        long ownerId,
        long blobId,
        String filename,
        String originalName,
        long fileSize,
        String mimeType,
        @Nullable Instant uploadedAt,
        @Nullable Instant updatedAt,
        Sharing sharing) {}
