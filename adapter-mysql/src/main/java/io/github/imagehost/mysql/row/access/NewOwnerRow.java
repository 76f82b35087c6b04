package io.github.imagehost.mysql.row.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An owner to insert, and what it may have.
 *
 * @param maxImages null for any number
 * @param maxBytes likewise
 */
public record NewOwnerRow(
        String name,
        String role,
        String state,
        Instant createdAt,
        @Nullable Long maxImages,
        @Nullable Long maxBytes) {}
