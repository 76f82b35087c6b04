package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Tag;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where an image was put by its owner.
 *
 * @param albums the ids of those that it is in, in ascending order
 * @param tags that it has
 */
public record ImageFiling(SortedSet<Long> albums, SortedSet<Tag> tags) {

    /** Nowhere. */
    public static final ImageFiling NONE = new ImageFiling(Collections.emptySortedSet(), Collections.emptySortedSet());

    public ImageFiling {
        albums = Collections.unmodifiableSortedSet(new TreeSet<>(albums));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }
}
