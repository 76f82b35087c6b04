package io.github.imagehost.mysql.listing;

import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;
import java.util.Optional;

/** The index by which at most a few images have to be looked at, if a condition is that narrow. */
final class NarrowIndex {

    /** In the order in which they are tried. */
    private static final List<ListIndex> RANGES =
            List.of(ListIndex.UPLOAD_TIME, ListIndex.FILE_SIZE, ListIndex.MIME_TYPE, ListIndex.VISIBILITY);

    private NarrowIndex() {}

    /** @param most how many images may meet one of the conditions */
    static Optional<ListIndex> of(Statements on, long owner, FilterSelection filter, long most) {
        return RANGES.stream()
                .filter(filter::asks)
                .filter(index -> on.images().countUpTo(owner, filter.only(index), index, most + 1) <= most)
                .findFirst();
    }
}
