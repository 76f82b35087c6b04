package io.github.imagehost.core.intake;

/** An upload could not be kept while it was received, because the spool directory is full or broken. Nothing was stored. */
public final class SpoolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
