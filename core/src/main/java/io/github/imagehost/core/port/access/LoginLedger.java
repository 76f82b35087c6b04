package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import java.util.Optional;

/**
 * The part of the {@link AccessRepository} that knows what is kept of passwords, and the epochs of owners. Whatever
 * starts another epoch ends all sessions and login links of the owner. That an owner
 * {@linkplain OwnerLedger#changeOwner becomes} {@link OwnerState#SUSPENDED} does so, too.
 */
public interface LoginLedger {

    /** How the owner with this id may log in; empty if there is none. */
    Optional<OwnerLogin> findLogin(OwnerId owner);

    /** How the owner with this name may log in; empty if there is none. */
    Optional<OwnerLogin> findLogin(OwnerName name);

    /**
     * Gives an owner another password, and starts another epoch.
     *
     * @param seen how the owner could log in when that was decided
     * @return how it may log in from now on; empty if another epoch has started since then, or if there is no such
     *     owner: nothing was changed
     */
    Optional<OwnerLogin> changePassword(OwnerLogin seen, PasswordHash password);

    /**
     * Keeps another hash of the password that an owner has already. Changes nothing if it has another one by now.
     *
     * @param seen how the owner could log in when its password was hashed
     */
    void renewHash(OwnerLogin seen, PasswordHash password);

    /** Starts another epoch. Changes nothing if there is no such owner. */
    void endSessions(OwnerId owner);
}
