package io.github.imagehost.core.migration;

/** Objects are to be copied to the store in which they are. */
public final class SameStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence */
    public SameStoreException(String message) {
        super(message);
    }
}
