package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The part of the {@link ImageStore} that lists objects, in the order of their keys. Safe for use by many threads at
 * once.
 */
public interface ObjectLister {

    /** The largest listing there can be in one call. */
    int MAX_LIMIT = 1000;

    /**
     * The objects that follow a key. Objects stored or deleted during a walk through several listings may or may not be
     * in them; all others are in them exactly once.
     *
     * @param after where to continue; empty to begin. Need not exist
     * @param limit how many objects at the most, 1 to {@value #MAX_LIMIT}
     * @return in ascending order of their keys; fewer than the limit only at the end
     * @throws StoreUnavailableException if the store does not answer
     */
    List<StoredObject> list(Optional<ObjectKey> after, int limit);

    /**
     * As {@link #list(Optional, int)}, and tells what else lies in the place of our objects: what somebody else put
     * there under a name that is no {@link ObjectKey}. A walk through all listings tells each name once.
     *
     * @param foreignNames takes the names, in no particular order; a store that nobody else can write to has none
     */
    default List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) {
        return list(after, limit);
    }

    /**
     * One entry of a listing.
     *
     * @param key where the object lies
     * @param size the number of bytes
     * @param lastModified when it was stored, by the store's clock
     */
    record StoredObject(ObjectKey key, long size, Instant lastModified) {}
}
