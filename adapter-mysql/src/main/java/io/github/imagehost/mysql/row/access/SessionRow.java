package io.github.imagehost.mysql.row.access;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * @param secretHash the SHA-256 of what its browser sends
 * @param startedBy the name of a way to begin that this version may not know
 * @param tokenId null if it was not a token
 */
public record SessionRow(
        Digest secretHash,
        long ownerId,
        long epoch,
        String startedBy,
        @Nullable Long tokenId,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt) {}
