package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Retryable;

/**
 * A store does not answer, is overloaded or lost the connection: the same call may succeed later. The call may or may
 * not have had its effect.
 */
public final class StoreUnavailableException extends StoreException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
