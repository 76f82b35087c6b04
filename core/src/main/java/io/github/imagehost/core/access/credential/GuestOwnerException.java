package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;

/**
 * The owner of what guests upload is nobody: it has no tokens and no logins, and keeps its role. Nothing was changed.
 */
public final class GuestOwnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private GuestOwnerException(Owner owner) {
        super("The owner '" + owner.name()
                + "' stands for guests: it has no tokens and no logins, and its role stays as it is");
    }

    /**
     * Goes on only if this owner may have tokens and logins.
     *
     * @throws GuestOwnerException if it stands for guests
     */
    public static void throwIfGuest(Owner owner) {
        if (owner.role() == Role.GUEST) {
            throw new GuestOwnerException(owner);
        }
    }
}
