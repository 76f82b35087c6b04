package io.github.imagehost.core.port.repository.failure;

/**
 * A repository could not do what it was asked, and asking again will not help. Nothing was changed, unless a subtype
 * says otherwise.
 */
public class RepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the operation and what it was about */
    public RepositoryException(String message) {
        super(message);
    }

    /**
     * @param message names the operation and what it was about
     * @param cause what went wrong
     */
    public RepositoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
