package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.Identity;

/** Whoever wants to log in is somebody at the identity provider, but nobody here. */
public final class UnknownIdentityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String subject;

    UnknownIdentityException(Identity identity) {
        super("No owner has the identity " + identity);
        this.subject = identity.subject();
    }

    /** What the provider calls him: what an administrator has to know to let him in. */
    public String subject() {
        return subject;
    }
}
