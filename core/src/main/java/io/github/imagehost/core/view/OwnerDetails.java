package io.github.imagehost.core.view;

import io.github.imagehost.core.model.access.Owner;

/**
 * An owner as it is listed.
 *
 * @param id of the owner
 * @param name how people call it
 * @param role {@code admin} or {@code user}
 * @param state {@code active} or {@code suspended}
 * @param createdAt as {@link Timestamps} writes it
 */
public record OwnerDetails(long id, String name, String role, String state, String createdAt) {

    /** This owner. */
    public static OwnerDetails of(Owner owner) {
        return new OwnerDetails(
                owner.id().value(),
                owner.name().value(),
                owner.role().label(),
                owner.state().label(),
                Timestamps.format(owner.createdAt()));
    }
}
