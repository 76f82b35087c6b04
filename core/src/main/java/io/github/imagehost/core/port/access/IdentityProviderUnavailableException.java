package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Retryable;

/** The identity provider does not answer, or not as it should. */
public final class IdentityProviderUnavailableException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    public IdentityProviderUnavailableException(String message) {
        super(message);
    }

    /** @param cause tells nothing secret */
    public IdentityProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
