package io.github.imagehost.mysql.row.access;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to insert.
 *
 * @param secret the SHA-256 of what its bearer sends
 * @param scopes with commas between them
 * @param origins with spaces between them; null if it is bound to none
 * @param networks likewise
 * @param expiresAt null if it never ends by itself
 */
public record NewTokenRow(
        long ownerId,
        String name,
        String hint,
        Digest secret,
        String scopes,
        @Nullable String origins,
        @Nullable String networks,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
