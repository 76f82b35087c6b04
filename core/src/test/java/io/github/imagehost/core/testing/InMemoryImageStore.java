package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.VerifiedContentStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in the heap, for tests; passes the {@link ImageStoreContract}. */
public final class InMemoryImageStore implements ImageStore {

    private final Clock clock;
    private final ConcurrentNavigableMap<ObjectKey, StoredBytes> objects = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    public InMemoryImageStore(Clock clock) {
        this.clock = clock;
    }

    /** Takes over everything that another store holds. */
    public void copyFrom(InMemoryImageStore original) {
        objects.putAll(original.objects);
    }

    /** The keys of all objects, in ascending order. */
    public Set<ObjectKey> keys() {
        return Collections.unmodifiableSet(objects.keySet());
    }

    @Override
    public void put(ObjectKey key, ObjectContent content) {
        requireOpen();
        byte[] bytes;
        try (InputStream in = VerifiedContentStream.open(key, content)) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new StoreException("Can't read the bytes to store under " + key, e);
        }
        StoredBytes previous = objects.putIfAbsent(key, new StoredBytes(bytes, clock.instant()));
        if (previous != null && !Arrays.equals(previous.bytes(), bytes)) {
            throw new ObjectAlreadyExistsException("There is other content under " + key);
        }
    }

    @Override
    public InputStream open(ObjectKey key) {
        return new ByteArrayInputStream(bytes(key));
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        byte[] bytes = bytes(key);
        if (range.last() >= bytes.length) {
            throw new StoreException(range + " does not lie inside " + key + ", which has " + bytes.length + " bytes");
        }
        return new ByteArrayInputStream(bytes, Math.toIntExact(range.offset()), Math.toIntExact(range.length()));
    }

    @Override
    public Optional<Long> size(ObjectKey key) {
        requireOpen();
        return Optional.ofNullable(objects.get(key)).map(object -> (long) object.bytes().length);
    }

    @Override
    public Map<ObjectKey, String> delete(Collection<ObjectKey> keys) {
        requireOpen();
        keys.forEach(objects::remove);
        return Map.of();
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
        requireOpen();
        return after.map(key -> objects.tailMap(key, false)).orElse(objects).entrySet().stream()
                .limit(limit)
                .map(entry -> new StoredObject(
                        entry.getKey(),
                        entry.getValue().bytes().length,
                        entry.getValue().lastModified()))
                .toList();
    }

    @Override
    public void check() {
        requireOpen();
    }

    @Override
    public void close() {
        closed = true;
    }

    private byte[] bytes(ObjectKey key) {
        requireOpen();
        StoredBytes object = objects.get(key);
        if (object == null) {
            throw new ObjectNotFoundException("There is no object " + key);
        }
        return object.bytes();
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("The store is closed");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record StoredBytes(byte[] bytes, Instant lastModified) {}
}
