package io.github.imagehost.core.port.store;

/** A store could not do what it was asked, and asking again will not help. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public StoreException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
