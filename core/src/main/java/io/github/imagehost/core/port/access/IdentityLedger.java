package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import java.util.Optional;

/**
 * The part of the {@link AccessRepository} that knows who owners are at identity providers. An identity is one owner's;
 * an owner may have several.
 */
public interface IdentityLedger {

    /** The owner who has this identity; empty if there is none. */
    Optional<Owner> findOwner(Identity identity);

    /**
     * Adds an active owner with the role {@link Role#USER} who has this identity; both or nothing.
     *
     * @return the owner; empty if an owner has this identity already, of however many that come at once: nothing was
     *     changed
     * @throws NameTakenException if another owner has this name; nothing was changed
     */
    Optional<Owner> addOwner(OwnerName name, Identity identity);

    /**
     * From now on this identity is this owner's, whoever had it before. May be repeated.
     *
     * @param owner has to be there
     */
    void giveIdentity(Identity identity, OwnerId owner);
}
