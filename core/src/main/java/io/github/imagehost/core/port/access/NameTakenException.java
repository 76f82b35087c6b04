package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** Another owner has this name. Nothing was changed. */
public final class NameTakenException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    /** @param name that another owner has */
    public NameTakenException(OwnerName name) {
        super("Another owner has the name '" + name + "'");
    }
}
