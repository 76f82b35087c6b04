package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import java.util.List;
import java.util.Optional;

/** The part of the {@link AccessRepository} that knows owners. {@link OwnerId#DEFAULT} is there from the beginning. */
public interface OwnerLedger {

    /**
     * Adds an active owner, with an id that no owner has had before.
     *
     * @throws NameTakenException if another owner has this name; nothing was changed
     */
    Owner addOwner(OwnerName name, Role role);

    /**
     * Adds an owner as another host has it, with an id that no owner here has had before, and with its quota. It has no
     * password, token or identity.
     *
     * @throws NameTakenException if another owner has this name; nothing was changed
     */
    Owner addOwner(NewOwner owner);

    /** The owner with this id; empty if there is none. */
    Optional<Owner> findOwner(OwnerId id);

    /** The owner with this name; empty if there is none. */
    Optional<Owner> findOwner(OwnerName name);

    /** All owners, in the order of their ids. */
    List<Owner> owners();

    /**
     * Changes an owner; to suspend it ends all of its sessions and login links. What is not to change is not written,
     * so that it stays as somebody else makes it at the same moment. May be repeated.
     *
     * @return how it is from now on; empty if there is none with this id
     * @throws NameTakenException if another owner has this name; nothing was changed
     */
    Optional<Owner> changeOwner(OwnerId id, Owner.Change change);
}
