package io.github.imagehost.core.bulk;

import io.github.imagehost.core.source.BulkItem;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what has become of items, so that another run need not deal with them again. Safe for use by many threads.
 */
public interface BulkJournal {

    /** Remembers nothing: every run begins anew. */
    BulkJournal NONE = new BulkJournal() {
        @Override
        public Optional<BulkResult> result(BulkItem item) {
            return Optional.empty();
        }

        @Override
        public List<String> attempts(BulkItem item) {
            return List.of();
        }

        @Override
        public void begin(BulkItem item, String filename) {}

        @Override
        public void end(BulkItem item, BulkResult result) {}
    };

    /** What became of an item that has not changed since; empty if the journal does not know. */
    Optional<BulkResult> result(BulkItem item);

    /** The filenames that an item was begun with. */
    List<String> attempts(BulkItem item);

    /**
     * Notes that an item is about to get an image with this filename. When this returns, it is durable.
     *
     * @throws JournalException if it can't be noted
     */
    void begin(BulkItem item, String filename);

    /**
     * Notes what became of an item.
     *
     * @throws JournalException if it can't be noted
     */
    void end(BulkItem item, BulkResult result);
}
