package io.github.imagehost.core.album;

import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.Album;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where its owner wants an upload to be put.
 *
 * @param album to which it is added
 * @param tags that it gets, beside those that it may have already; {@value Tag#MOST_OF_AN_IMAGE} at the most
 */
public record FilingWish(Optional<Album> album, SortedSet<Tag> tags) {

    /** Nowhere. */
    public static final FilingWish NONE = new FilingWish(Optional.empty(), Collections.emptySortedSet());

    public FilingWish {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        if (tags.size() > Tag.MOST_OF_AN_IMAGE) {
            throw new IllegalArgumentException("An image has at most " + Tag.MOST_OF_AN_IMAGE + " tags");
        }
    }
}
