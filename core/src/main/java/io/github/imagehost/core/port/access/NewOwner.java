package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An owner of another host that is to be an owner of this one, too.
 *
 * @param name how people are to call it
 * @param role what it may do at the most
 * @param state whether it may do anything
 * @param createdAt since when it has been there, in milliseconds
 * @param quota what it may have
 */
public record NewOwner(OwnerName name, Role role, OwnerState state, Instant createdAt, Quota quota) {

    public NewOwner {
        if (!createdAt.equals(createdAt.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("The time has more than milliseconds: " + createdAt);
        }
    }
}
