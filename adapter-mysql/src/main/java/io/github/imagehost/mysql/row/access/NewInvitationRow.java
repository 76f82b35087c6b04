package io.github.imagehost.mysql.row.access;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to insert.
 *
 * @param secretHash the SHA-256 of what people show for it
 * @param maxImages null for any number
 * @param maxBytes likewise
 */
public record NewInvitationRow(
        Digest secretHash,
        int uses,
        @Nullable Long maxImages,
        @Nullable Long maxBytes,
        Instant createdAt,
        Instant expiresAt) {}
