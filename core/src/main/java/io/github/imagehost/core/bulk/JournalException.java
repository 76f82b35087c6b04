package io.github.imagehost.core.bulk;

/** A journal can't be used: another run uses it, it belongs to something else, or it can't be read or written. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
