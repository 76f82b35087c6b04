package io.github.imagehost.rest.cache;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.LinkSigner;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectFiles;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store elsewhere whose objects are files of this machine, too: each is copied when its file is asked for, and stays
 * for as long as there is room and others are not wanted more. Everything else is done by the store itself. Safe for
 * use by many threads; of several processes with one directory, one has the files, and the others none.
 */
public final class CachedImageStore implements ImageStore {

    private final ImageStore store;
    private final ContentCache cache;

    private CachedImageStore(ImageStore store, ContentCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /**
     * A store with copies of its objects. If the directory can't be used, the store goes on without copies, and tries
     * again now and then.
     *
     * @param store is closed with what is returned
     * @param directory is made if it is absent
     * @param bytes how much room the copies may take on the disk, at least 1
     */
    public static CachedImageStore open(ImageStore store, Path directory, long bytes) {
        return new CachedImageStore(store, ContentCache.open(store, directory, bytes));
    }

    /** @param patience how long to wait for the copy that somebody else makes */
    static CachedImageStore open(ImageStore store, Path directory, long bytes, Duration patience) {
        return new CachedImageStore(store, ContentCache.open(store, directory, bytes, patience));
    }

    /** How often a copy was there, since the start. */
    public long hits() {
        return cache.hits();
    }

    /** How often an object was copied, since the start. */
    public long fills() {
        return cache.fills();
    }

    @Override
    public Optional<ObjectFiles> objectFiles() {
        return Optional.of(cache);
    }

    @Override
    public Map<ObjectKey, String> delete(Collection<ObjectKey> keys) {
        try {
            return store.delete(keys);
        } finally {
            cache.forget(keys);
        }
    }

    @Override
    public void close() {
        try {
            cache.close();
        } finally {
            store.close();
        }
    }

    @Override
    public void put(ObjectKey key, ObjectContent content) {
        store.put(key, content);
    }

    @Override
    public InputStream open(ObjectKey key) {
        return store.open(key);
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        return store.open(key, range);
    }

    @Override
    public Optional<Long> size(ObjectKey key) {
        return store.size(key);
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
        return store.list(after, limit);
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) {
        return store.list(after, limit, foreignNames);
    }

    @Override
    public Optional<LinkSigner> linkSigner() {
        return store.linkSigner();
    }

    @Override
    public void check() {
        store.check();
    }
}
