package io.github.imagehost.core.access.owner;

import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.util.List;
import java.util.Optional;

/**
 * Looks after owners. Whether somebody may is not asked here. Every operation may throw a {@link RepositoryException}.
 * Safe for use by many threads.
 */
public final class Owners {

    private final AccessRepository repository;

    /** @param repository stays open */
    public Owners(AccessRepository repository) {
        this.repository = repository;
    }

    /**
     * Adds an active owner.
     *
     * @param role one of {@link Role#GIVEN}
     * @throws IllegalArgumentException if it is another role
     * @throws NameTakenException if another owner has this name
     */
    public Owner add(OwnerName name, Role role) {
        requireGiven(role);
        return repository.addOwner(name, role);
    }

    private static void requireGiven(Role role) {
        if (!Role.GIVEN.contains(role)) {
            throw new IllegalArgumentException("Nobody is given the role " + role.label());
        }
    }

    /**
     * The owner with this id.
     *
     * @throws RepositoryException if there is none
     */
    public Owner get(OwnerId id) {
        return repository
                .findOwner(id)
                .orElseThrow(
                        () -> new RepositoryException("There is no owner " + id.value() + ", but there has to be"));
    }

    /** The owner with this name; empty if there is none. */
    public Optional<Owner> find(OwnerName name) {
        return repository.findOwner(name);
    }

    /** All owners, in the order in which they were added. */
    public List<Owner> list() {
        return repository.owners();
    }

    /** Whether this may become of this owner: {@link OwnerId#DEFAULT} always is an active administrator. */
    public boolean allows(OwnerId id, Owner.Change change) {
        return !id.equals(OwnerId.DEFAULT)
                || (change.role().orElse(Role.ADMIN) == Role.ADMIN
                        && change.state().orElse(OwnerState.ACTIVE) == OwnerState.ACTIVE);
    }

    /**
     * Changes an owner. May be repeated.
     *
     * @return how it is from now on; empty if there is none with this id
     * @throws IllegalArgumentException if that is not {@linkplain #allows allowed}, or if the role is none of
     *     {@link Role#GIVEN}
     * @throws GuestOwnerException if it would change the role of the owner of guests
     * @throws NameTakenException if another owner has this name
     */
    public Optional<Owner> change(OwnerId id, Owner.Change change) {
        if (!allows(id, change)) {
            throw new IllegalArgumentException("The first owner always is an active administrator: somebody has to be");
        }
        change.role().ifPresent(role -> {
            requireGiven(role);
            // nobody becomes the owner of guests or ceases to be it, so that this still holds when it is written
            repository.findOwner(id).ifPresent(GuestOwnerException::throwIfGuest);
        });
        return repository.changeOwner(id, change);
    }
}
