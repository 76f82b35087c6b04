package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.OwnerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody, or something, that has images of its own.
 *
 * @param id its id, which never changes
 * @param name how people call it
 * @param role what it may do at the most
 * @param state whether it may do anything
 * @param createdAt since when it has been there, in milliseconds
 */
public record Owner(OwnerId id, OwnerName name, Role role, OwnerState state, Instant createdAt) {

    /** The name of {@link OwnerId#DEFAULT}, which is there from the beginning, and always an active administrator. */
    public static final OwnerName DEFAULT_NAME = new OwnerName("default");

    /**
     * What of an owner is to change; what is empty stays, whatever it is by then.
     *
     * @param name how people call it
     * @param role what it may do at the most
     * @param state whether it may do anything
     */
    public record Change(Optional<OwnerName> name, Optional<Role> role, Optional<OwnerState> state) {}

    /** Whether it may do anything. */
    public boolean isActive() {
        return state == OwnerState.ACTIVE;
    }
}
