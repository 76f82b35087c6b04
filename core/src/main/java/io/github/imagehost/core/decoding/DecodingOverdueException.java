package io.github.imagehost.core.decoding;

/** A picture was begun with, but the work on it did not come to its end in time. */
public final class DecodingOverdueException extends Exception {

    private static final long serialVersionUID = 1L;

    DecodingOverdueException(String message, Throwable cause) {
        super(message, cause);
    }
}
