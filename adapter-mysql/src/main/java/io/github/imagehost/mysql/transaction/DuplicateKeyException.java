package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** A unique key decided a race, and this transaction lost it. */
public final class DuplicateKeyException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    DuplicateKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
