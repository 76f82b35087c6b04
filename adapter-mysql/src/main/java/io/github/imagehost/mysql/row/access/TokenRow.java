package io.github.imagehost.mysql.row.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token without its secret.
 *
 * @param scopes with commas between them
 * @param origins with spaces between them; null if it is bound to none
 * @param networks likewise
 */
public record TokenRow(
        long id,
        long ownerId,
        String name,
        String hint,
        String scopes,
        @Nullable String origins,
        @Nullable String networks,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
