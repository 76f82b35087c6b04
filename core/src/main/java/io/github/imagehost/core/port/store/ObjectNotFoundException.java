package io.github.imagehost.core.port.store;

/** There is no object under this key. */
public final class ObjectNotFoundException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public ObjectNotFoundException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public ObjectNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
