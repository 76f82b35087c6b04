package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Retryable;

/**
 * A store has no room for what it was to keep: its disk is full or a quota is used up. Nothing of it was kept; what was
 * stored before can be read and deleted. The same call succeeds once somebody has made room.
 */
public final class StoreFullException extends StoreException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public StoreFullException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
