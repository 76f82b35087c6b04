package io.github.imagehost.core.archive;

/** A repository holds an image that is not in the file to be restored. Nothing was restored. */
public final class RepositoryNotEmptyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepositoryNotEmptyException(String message) {
        super(message);
    }
}
