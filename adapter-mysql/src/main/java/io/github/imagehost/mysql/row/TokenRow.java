package io.github.imagehost.mysql.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param scopes with commas between them
 */
public record TokenRow(
        long id,
        long ownerId,
        String name,
        String hint,
        String scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
