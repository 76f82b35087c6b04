package io.github.imagehost.core.intake;

import io.github.imagehost.core.model.Retryable;

/** Too many pictures are looked at already, or there is no memory for this one now. Nothing was stored. */
public final class IntakeBusyException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    IntakeBusyException(String message) {
        super(message);
    }

    IntakeBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
