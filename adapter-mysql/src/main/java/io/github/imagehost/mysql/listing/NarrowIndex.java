package io.github.imagehost.mysql.listing;

import io.github.imagehost.mysql.row.FilterSelection;
import io.github.imagehost.mysql.row.ListIndex;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.Optional;

/** The index by which at most a few images have to be looked at, if a condition is that narrow. */
final class NarrowIndex {

    private NarrowIndex() {}

    /** @param most how many images may meet one of the conditions */
    static Optional<ListIndex> of(Statements on, long owner, FilterSelection filter, long most) {
        if (filter.hasTime() && isFew(on, owner, filter.timeOnly(), ListIndex.UPLOAD_TIME, most)) {
            return Optional.of(ListIndex.UPLOAD_TIME);
        }
        if (filter.hasSize() && isFew(on, owner, filter.sizeOnly(), ListIndex.FILE_SIZE, most)) {
            return Optional.of(ListIndex.FILE_SIZE);
        }
        if (filter.hasType() && isFew(on, owner, filter.typeOnly(), ListIndex.MIME_TYPE, most)) {
            return Optional.of(ListIndex.MIME_TYPE);
        }
        if (filter.hasVisibility() && isFew(on, owner, filter.visibilityOnly(), ListIndex.VISIBILITY, most)) {
            return Optional.of(ListIndex.VISIBILITY);
        }
        return Optional.empty();
    }

    private static boolean isFew(Statements on, long owner, FilterSelection condition, ListIndex index, long most) {
        return on.images().countUpTo(owner, condition, index, most + 1) <= most;
    }
}
