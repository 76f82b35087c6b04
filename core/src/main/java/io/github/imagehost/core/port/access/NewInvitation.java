package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.usage.Quota;
import java.time.Instant;

/**
 * An invitation that is to be remembered; what its parts mean says {@link Invitation}.
 *
 * @param secret the SHA-256 of what people show for it; of no other one
 * @param uses from 1
 * @param quota what each owner may have that it makes
 * @param createdAt in milliseconds
 * @param expiresAt in milliseconds
 */
public record NewInvitation(Digest secret, int uses, Quota quota, Instant createdAt, Instant expiresAt) {

    public NewInvitation {
        if (uses < 1) {
            throw new IllegalArgumentException("An invitation that is good for nothing");
        }
    }
}
