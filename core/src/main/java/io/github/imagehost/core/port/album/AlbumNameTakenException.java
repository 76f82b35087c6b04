package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** Another album of the owner has of this name. Nothing was changed. */
public final class AlbumNameTakenException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    public AlbumNameTakenException(AlbumName name) {
        super("There is an album of the name '" + name + "' already");
    }
}
