package io.github.imagehost.core.intake.spool;

import io.github.imagehost.core.model.Retryable;

/**
 * An upload could not be kept while it was received, because the spool directory is full or broken. Nothing was stored.
 */
public final class SpoolException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Of bytes that were kept, but can't be read any more. */
    public static SpoolException unreadable(Throwable cause) {
        return new SpoolException("Can't read a spooled upload", cause);
    }
}
