package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a session in which a browser acts for an owner. What the browser sends for it is known to the
 * browser alone.
 *
 * @param secret the SHA-256 of what the browser sends; of no other session
 * @param owner for whom it acts
 * @param epoch of the owner, in which it began: it is over when that changes
 * @param start how it began
 * @param token with which it began, and with which it ends: it is good for no more than that; empty if it stands for
 *     the owner in person
 * @param createdAt when it began, in milliseconds
 * @param seenAt when it was last used, or up to a minute before that
 * @param expiresAt from when on it is good for nothing unless it is used before
 */
public record Session(
        Digest secret,
        OwnerId owner,
        long epoch,
        SessionStart start,
        Optional<Long> token,
        Instant createdAt,
        Instant seenAt,
        Instant expiresAt) {

    /** Whether it has ended by itself at this time. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
