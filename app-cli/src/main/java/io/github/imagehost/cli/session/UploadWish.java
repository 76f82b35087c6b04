package io.github.imagehost.cli.session;

import io.github.imagehost.core.model.Tag;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is to become of uploads.
 *
 * @param sharing how new ones are to be shared
 * @param album the id or the name of the one that all are put into
 * @param tags that all get, beside those that they may have already
 */
public record UploadWish(SharingWish sharing, Optional<String> album, SortedSet<Tag> tags) {

    public UploadWish {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** Uploads that are put nowhere. */
    public static UploadWish sharing(SharingWish sharing) {
        return new UploadWish(sharing, Optional.empty(), Collections.emptySortedSet());
    }

    /** Whether pictures are to be put somewhere. */
    public boolean files() {
        return album.isPresent() || !tags.isEmpty();
    }
}
