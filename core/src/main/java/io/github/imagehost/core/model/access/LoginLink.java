package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import java.time.Instant;

/**
 * What is known of a login link, with which its bearer begins one session of an owner. What the bearer sends is known
 * to the bearer alone.
 *
 * @param secret the SHA-256 of what its bearer sends; of no other link
 * @param owner whose session it begins
 * @param epoch of the owner, in which it was made: it is good for nothing when that changes
 * @param expiresAt from when on it is good for nothing, in milliseconds
 */
public record LoginLink(Digest secret, OwnerId owner, long epoch, Instant expiresAt) {

    /** Whether it has ended by itself at this time. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
