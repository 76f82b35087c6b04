package io.github.imagehost.core.fsck;

import io.github.imagehost.core.model.Retryable;

/**
 * A repair was held up for so long that somebody else may repair now. It has changed nothing since; what it did before
 * stays done.
 */
public final class RepairLostException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message what happened, and what to do */
    public RepairLostException(String message) {
        super(message);
    }
}
