package io.github.imagehost.core.walk;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Streams;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks through listings that come page by page, with one page in memory. For one thread.
 *
 * @param <T> what is listed
 */
public final class KeyOrderWalk<T> extends AbstractIterator<T> {

    private final Function<Optional<ObjectKey>, List<T>> pages;
    private final Function<T, ObjectKey> keyOf;
    private final int limit;
    private Optional<ObjectKey> after;
    private Iterator<T> page = List.<T>of().iterator();
    private boolean more = true;

    private KeyOrderWalk(
            Function<Optional<ObjectKey>, List<T>> pages,
            Function<T, ObjectKey> keyOf,
            int limit,
            Optional<ObjectKey> after) {
        this.pages = pages;
        this.keyOf = keyOf;
        this.limit = limit;
        this.after = after;
    }

    /** All objects whose keys follow this one. */
    public static Iterator<StoredObject> objects(ObjectLister store, Optional<ObjectKey> after) {
        return new KeyOrderWalk<>(
                last -> store.list(last, ObjectLister.MAX_LIMIT), StoredObject::key, ObjectLister.MAX_LIMIT, after);
    }

    /** All blobs whose keys follow this one. */
    public static Iterator<BlobEntry> blobs(BlobCatalog catalog, Optional<ObjectKey> after) {
        return new KeyOrderWalk<>(
                last -> catalog.blobs(last, BlobCatalog.MAX_LIMIT), BlobEntry::objectKey, BlobCatalog.MAX_LIMIT, after);
    }

    /** All blobs whose keys follow one and do not follow another. */
    public static Iterator<BlobEntry> blobs(BlobCatalog catalog, Optional<ObjectKey> after, Optional<ObjectKey> upTo) {
        Iterator<BlobEntry> all = blobs(catalog, after);
        return upTo.map(end -> Streams.stream(all)
                        .takeWhile(blob -> blob.objectKey().compareTo(end) <= 0)
                        .iterator())
                .orElse(all);
    }

    @Override
    protected @Nullable T computeNext() {
        if (!page.hasNext() && more) {
            List<T> next = pages.apply(after);
            more = next.size() == limit;
            after = next.isEmpty() ? after : Optional.of(keyOf.apply(next.get(next.size() - 1)));
            page = next.iterator();
        }
        return page.hasNext() ? page.next() : endOfData();
    }
}
