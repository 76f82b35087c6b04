package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.Tag;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What becomes of the tags of images.
 *
 * @param kind what to do
 * @param tags with which
 */
public record TagChange(Kind kind, SortedSet<Tag> tags) {

    /** What to do with tags. */
    public enum Kind {
        /** These and no others. */
        SET,
        /** These, too. */
        ADD,
        /** No longer these. */
        REMOVE
    }

    public TagChange {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** These, too. */
    public static TagChange add(Collection<Tag> tags) {
        return new TagChange(Kind.ADD, new TreeSet<>(tags));
    }

    /** What an image has afterwards that has these. */
    public SortedSet<Tag> appliedTo(SortedSet<Tag> before) {
        SortedSet<Tag> after = new TreeSet<>(kind == Kind.SET ? tags : before);
        if (kind == Kind.ADD) {
            after.addAll(tags);
        } else if (kind == Kind.REMOVE) {
            after.removeAll(tags);
        }
        return after;
    }
}
