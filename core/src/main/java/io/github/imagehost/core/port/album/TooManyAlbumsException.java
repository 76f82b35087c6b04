package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** The owner has as many albums as there may be. Nothing was changed. */
public final class TooManyAlbumsException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    public TooManyAlbumsException(OwnerId owner) {
        super("The owner " + owner.value() + " has " + AlbumLedger.MOST_ALBUMS + " albums already");
    }
}
