package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.port.repository.failure.RepositoryException;

/** An image would have more tags than it may. Nothing was changed. */
public final class TooManyTagsException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    public TooManyTagsException(long image) {
        super("The image " + image + " would have more than " + Tag.MOST_OF_AN_IMAGE + " tags");
    }
}
