package io.github.imagehost.core.fsck;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.walk.RawObject;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a {@link StoreCheck} that repairs puts what does not belong where it lies: under {@value #PREFIX}, at
 * {@code quarantine/<key>/<SHA-256 of the bytes>}. Nothing looks for it there, and an administrator can copy it back to
 * its key. Safe for use by many threads.
 */
public final class Quarantine {

    /** What the keys of all objects in quarantine begin with. */
    public static final String PREFIX = "quarantine/";

    /** Comes before all keys with the prefix, as few others do. */
    private static final ObjectKey BEFORE = new ObjectKey("quarantine");

    private final ImageStore store;
    private final BlobCatalog blobs;
    private final Clock clock;

    public Quarantine(ImageStore store, BlobCatalog blobs) {
        this(store, blobs, Clock.systemUTC());
    }

    Quarantine(ImageStore store, BlobCatalog blobs, Clock clock) {
        this.store = store;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Whether a key is one of the quarantine's. An object there that belongs to a blob is an object like any other. */
    public static boolean holds(ObjectKey key) {
        return key.value().startsWith(PREFIX);
    }

    /**
     * Where an object is moved to. The digest lets one key be there several times; a key that is too long for that is
     * replaced by its SHA-256.
     */
    static ObjectKey keyFor(ObjectKey key, Digest digest) {
        String end = "/" + digest.hex();
        boolean fits = PREFIX.length() + key.value().length() + end.length() <= ObjectKey.MAX_LENGTH;
        String middle = fits
                ? key.value()
                : Hashing.sha256()
                        .hashString(key.value(), StandardCharsets.UTF_8)
                        .toString();
        return new ObjectKey(PREFIX + middle + end);
    }

    /**
     * What became of an object that was to be moved.
     *
     * @param isGone whether the object is not there any more, and no request is under way that might delete it later
     * @param problem why not; empty if it is gone
     * @param copy empty if none was made
     */
    record Move(boolean isGone, String problem, Optional<ObjectKey> copy) {

        private static Move failed(String problem, Optional<ObjectKey> copy) {
            return new Move(false, problem, copy);
        }
    }

    /**
     * Copies an object, makes sure that the copy is right, and deletes the object then.
     *
     * @param stillWrong is asked right before the deletion, with the digest of the bytes
     */
    Move move(ObjectKey key, Predicate<Digest> stillWrong) {
        Optional<ObjectKey> copy = Optional.empty();
        try {
            Optional<Long> size = store.size(key);
            if (size.isEmpty()) {
                return Move.failed("it is gone meanwhile", copy);
            }
            RawObject object = RawObject.read(store, key, size.get());
            ObjectKey target = keyFor(key, object.digest());
            store.put(target, object);
            copy = Optional.of(target);
            if (!RawObject.digestOf(store, target, object.size()).equals(object.digest())) {
                return Move.failed("the copy of it has other bytes", copy);
            }
            if (!stillWrong.test(object.digest())) {
                return Move.failed("it has changed meanwhile", copy);
            }
        } catch (IOException | StoreException | RepositoryException e) {
            return Move.failed("it can't be moved to quarantine: " + e.getMessage(), copy);
        }
        return delete(key, copy);
    }

    private Move delete(ObjectKey key, Optional<ObjectKey> copy) {
        try {
            Map<ObjectKey, String> failures = store.delete(List.of(key));
            return failures.isEmpty()
                    ? new Move(true, "", copy)
                    : Move.failed("the store did not delete it: " + failures.get(key), copy);
        } catch (StoreException e) {
            // the request may take effect later, when the right bytes lie there again
            return Move.failed("nobody knows whether the store deletes it: " + e.getMessage(), copy);
        }
    }

    /**
     * Deletes what was moved here, for good.
     *
     * @param minimumAge what was moved less long ago stays
     * @return how many objects are deleted
     * @throws StoreException if the store fails, or does not delete one of them; the others may be deleted already
     * @throws RepositoryException if the repository does not answer
     */
    public long purge(Duration minimumAge, Progress progress) {
        Instant youngest = clock.instant().minus(minimumAge);
        long purged = 0;
        Optional<ObjectKey> after = Optional.of(BEFORE);
        while (after.isPresent() && !progress.isStopRequested()) {
            List<StoredObject> page = store.list(after, ObjectLister.MAX_LIMIT);
            List<StoredObject> due = page.stream()
                    .filter(object -> holds(object.key()))
                    .filter(object -> !object.lastModified().isAfter(youngest))
                    .filter(object -> blobs.blobAt(object.key()).isEmpty())
                    .toList();
            delete(due.stream().map(StoredObject::key).toList());
            purged += due.size();
            due.forEach(object -> progress.advance(1, object.size()));
            after = next(page);
        }
        return purged;
    }

    private void delete(List<ObjectKey> keys) {
        store.delete(keys).entrySet().stream().findFirst().ifPresent(failure -> {
            throw new StoreException("The store did not delete " + failure.getKey() + ": " + failure.getValue());
        });
    }

    /** Empty if nothing in quarantine follows this page. */
    private static Optional<ObjectKey> next(List<StoredObject> page) {
        return Optional.of(page)
                .filter(full -> full.size() == ObjectLister.MAX_LIMIT)
                .map(full -> full.get(full.size() - 1).key())
                .filter(last -> holds(last) || last.value().compareTo(PREFIX) < 0);
    }
}
