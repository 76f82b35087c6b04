package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Tag;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What becomes of the tags of images.
 *
 * @param added which they have afterwards
 * @param removed which they do not have afterwards; none of them is added
 * @param removesOthers whether they have only those that are added
 */
public record TagChange(SortedSet<Tag> added, SortedSet<Tag> removed, boolean removesOthers) {

    /** @throws IllegalArgumentException if a tag is both added and removed */
    public TagChange {
        if (!Collections.disjoint(added, removed)) {
            throw new IllegalArgumentException("A tag is both added and removed");
        }
        added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }

    /** These and no others. */
    public static TagChange set(Collection<Tag> tags) {
        return new TagChange(new TreeSet<>(tags), Collections.emptySortedSet(), true);
    }

    /** These, too. */
    public static TagChange add(Collection<Tag> tags) {
        return of(tags, List.of());
    }

    /** No longer these. */
    public static TagChange remove(Collection<Tag> tags) {
        return of(List.of(), tags);
    }

    /**
     * Some more, and some no longer.
     *
     * @throws IllegalArgumentException if a tag is both added and removed
     */
    public static TagChange of(Collection<Tag> added, Collection<Tag> removed) {
        return new TagChange(new TreeSet<>(added), new TreeSet<>(removed), false);
    }

    /** What an image has afterwards that has these. */
    public SortedSet<Tag> appliedTo(SortedSet<Tag> before) {
        SortedSet<Tag> after = new TreeSet<>(added);
        if (!removesOthers) {
            after.addAll(before);
            after.removeAll(removed);
        }
        return after;
    }
}
