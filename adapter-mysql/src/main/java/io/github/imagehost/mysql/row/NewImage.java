package io.github.imagehost.mysql.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image to insert.
 *
 * @param id null for a fresh one
 * @param uploadedAt null for the present
 * @param updatedAt null for the present
 */
public record NewImage(
        @Nullable Long id,
        long ownerId,
        String filename,
        String originalName,
        @Nullable Instant uploadedAt,
        @Nullable Instant updatedAt) {}
