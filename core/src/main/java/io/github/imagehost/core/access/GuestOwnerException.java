package io.github.imagehost.core.access;

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

    static void throwIfGuest(Owner owner) {
        if (owner.role() == Role.GUEST) {
            throw new GuestOwnerException(owner);
        }
    }
}
