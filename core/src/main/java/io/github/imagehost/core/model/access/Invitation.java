package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.usage.Quota;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an invitation, with which some people become owners whom no administrator has added. What they show
 * for it is known to them alone.
 *
 * @param id its id
 * @param uses how many owners it may make, from 1
 * @param usesLeft how many it may still make, from 0
 * @param quota what each of them may have
 * @param createdAt when it was made, in milliseconds
 * @param expiresAt from when on it is good for nothing, in milliseconds
 * @param revokedAt since when it has been good for nothing because somebody said so
 */
public record Invitation(
        long id,
        int uses,
        int usesLeft,
        Quota quota,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> revokedAt) {

    /** Whether it has ended by itself at this time. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether somebody has revoked it. */
    public boolean isRevoked() {
        return revokedAt.isPresent();
    }

    /** Whether it makes another owner at this time. */
    public boolean isUsable(Instant now) {
        return usesLeft > 0 && !isRevoked() && !isExpired(now);
    }
}
