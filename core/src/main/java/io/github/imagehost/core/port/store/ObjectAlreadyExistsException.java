package io.github.imagehost.core.port.store;

/** There is already other content under this key; it was left as it is. */
public final class ObjectAlreadyExistsException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public ObjectAlreadyExistsException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public ObjectAlreadyExistsException(String message, Throwable cause) {
        super(message, cause);
    }
}
