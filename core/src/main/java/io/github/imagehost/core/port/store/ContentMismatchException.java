package io.github.imagehost.core.port.store;

/** The bytes that were read are not those that were announced: another length or another digest. Nothing was stored. */
public final class ContentMismatchException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public ContentMismatchException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public ContentMismatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
