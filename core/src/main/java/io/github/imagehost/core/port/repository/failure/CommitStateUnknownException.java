package io.github.imagehost.core.port.repository.failure;

import io.github.imagehost.core.model.Retryable;

/**
 * The connection was lost while a change was being committed: nobody knows whether it took effect. Operations that may
 * be repeated find out when they are.
 */
public final class CommitStateUnknownException extends RepositoryException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public CommitStateUnknownException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public CommitStateUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
