package io.github.imagehost.mysql.row.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation without its secret.
 *
 * @param maxImages null for any number
 * @param maxBytes likewise
 * @param revokedAt null if it is not revoked
 */
public record InvitationRow(
        long id,
        int uses,
        int usesLeft,
        @Nullable Long maxImages,
        @Nullable Long maxBytes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}
