package io.github.imagehost.core.bulk;

import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.source.BulkItem;
import java.io.IOException;
import java.util.Optional;

/**
 * What is done with every item. Safe for use by many threads at once.
 *
 * @param <I> the items
 */
@FunctionalInterface
public interface BulkTask<I extends BulkItem> {

    /**
     * Reads an item and looks at it, without changing anything. May be repeated.
     *
     * @param tried what the item was begun with, and will be
     * @return the rest of the task, which the caller closes
     * @throws UploadRefusedException if its content is refused
     * @throws IOException if it can't be read
     */
    Prepared prepare(I item, TriedFilenames tried) throws IOException;

    /** An item that has been looked at. For one thread at a time. */
    interface Prepared extends AutoCloseable {

        /** Items with the same one are finished one after the other, in their order. */
        Optional<Digest> digest();

        /** Does what there is to do. May be repeated. */
        BulkResult finish();

        @Override
        void close();

        /** There is nothing to do any more. */
        static Prepared done(BulkResult result) {
            return new Prepared() {
                @Override
                public Optional<Digest> digest() {
                    return Optional.empty();
                }

                @Override
                public BulkResult finish() {
                    return result;
                }

                @Override
                public void close() {}
            };
        }
    }
}
