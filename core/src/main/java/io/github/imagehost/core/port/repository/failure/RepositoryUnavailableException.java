package io.github.imagehost.core.port.repository.failure;

import io.github.imagehost.core.model.Retryable;

/**
 * A repository does not answer, has no free connection or gave up on a conflict after several tries: the same call may
 * succeed later. Nothing was changed, but for what a {@code UploadLedger.claim} may leave.
 */
public final class RepositoryUnavailableException extends RepositoryException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public RepositoryUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public RepositoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
