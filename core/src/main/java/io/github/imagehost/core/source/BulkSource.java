package io.github.imagehost.core.source;

import io.github.imagehost.core.work.Progress;
import java.util.Iterator;

/**
 * Many items, one after the other.
 *
 * @param <I> the items
 */
public interface BulkSource<I extends BulkItem> {

    /** How much there is. */
    record Extent(long items, long bytes) {

        /** Not counted. */
        public static final Extent UNKNOWN = new Extent(Progress.UNKNOWN, Progress.UNKNOWN);
    }

    /**
     * The items in an order that is the same each time, as far as they are. Looked for while they are asked for, so
     * that there may be any number. For one thread; when a call fails, it may be repeated.
     */
    Iterator<I> items();

    /** How much there is in all, if that costs little to know. */
    default Extent extent() {
        return Extent.UNKNOWN;
    }
}
