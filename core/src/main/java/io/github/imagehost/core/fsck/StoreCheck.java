package io.github.imagehost.core.fsck;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.walk.KeyOrderWalk;
import io.github.imagehost.core.walk.RawObject;
import io.github.imagehost.core.work.OrderedWork;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares what lies in a store with what a repository knows of it, while others upload and delete: walks through the
 * objects and the blobs in the order of their keys, with a page of each in memory. What looks wrong is looked at once
 * more before it is told, so that nothing is told of what others have changed meanwhile.
 *
 * <p>If it is asked to repair, it
 *
 * <ul>
 *   <li>notes what is lost as missing: links to it stay, and are whole again when the same bytes are uploaded. Variants
 *       are rendered again;
 *   <li>moves objects with wrong bytes, and those that belong to no blob, to {@link Quarantine};
 *   <li>takes back what is noted as missing and is there again.
 * </ul>
 *
 * <p>Any number of checks may run at once, but only one of them may repair: of two that move the same damaged object,
 * the slower one could delete what was uploaded again meanwhile. So it confirms its {@link RepairRight} before each
 * thing that it changes. None may repair while objects are being adopted, which belong to nobody until then.
 */
public final class StoreCheck {

    private static final String CHANGED = "its blob has changed meanwhile";

    /** Many, since one object may be a million times as large as another. */
    private static final int PENDING_PER_THREAD = 64;

    private final ImageStore store;
    private final BlobCatalog blobs;
    private final RepairRight right;
    private final Quarantine quarantine;
    private final Clock clock;
    private final DoubleSupplier random;

    /** @param right is asked only by a check that repairs */
    public StoreCheck(ImageStore store, BlobCatalog blobs, RepairRight right) {
        this(
                store,
                blobs,
                right,
                Clock.systemUTC(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random draws a number from 0 to 1 for each object that may be read */
    StoreCheck(ImageStore store, BlobCatalog blobs, RepairRight right, Clock clock, DoubleSupplier random) {
        this.store = store;
        this.blobs = blobs;
        this.right = right;
        this.quarantine = new Quarantine(store, blobs, clock);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Checks once, with threads of its own that end with it.
     *
     * @param findings is told what is found, in the order of keys, on the caller's thread; foreign names are in no
     *     order
     * @param progress counts objects, and the bytes of those that are read
     * @throws StoreException if the store does not answer; what was found is true, and what was repaired stays repaired
     * @throws RepositoryException if the repository does not answer; what was found is true, and what was repaired
     *     stays repaired
     * @throws RepairLostException if somebody else may repair now; likewise
     */
    public StoreCheckReport run(StoreCheckOptions options, Consumer<StoreFinding> findings, Progress progress) {
        return new StoreCheckRun(options, findings, progress).walk();
    }

    /** What seems to be wrong with an object. */
    private record Suspicion(Kind kind, String detail) {}

    private final class StoreCheckRun {

        private final StoreCheckOptions options;
        private final Consumer<StoreFinding> findings;
        private final Progress progress;
        private final StoreCheckCounts counts = new StoreCheckCounts();
        private final Instant youngestOrphan;

        StoreCheckRun(StoreCheckOptions options, Consumer<StoreFinding> findings, Progress progress) {
            this.options = options;
            this.findings = findings;
            this.progress = progress;
            this.youngestOrphan = clock.instant().minus(options.orphanAge());
        }

        StoreCheckReport walk() {
            try (OrderedWork<Optional<StoreFinding>> checks = new OrderedWork<>(
                    "imagehost-check",
                    options.threads(),
                    PENDING_PER_THREAD,
                    progress::isStopRequested,
                    finding -> finding.ifPresent(this::tell))) {
                Optional<ObjectKey> after = options.after();
                boolean more = true;
                while (more && !progress.isStopRequested()) {
                    confirmRight();
                    // objects first: the row that names an object is older, and so among the blobs read afterwards
                    List<StoredObject> page = store.list(after, ObjectLister.MAX_LIMIT, this::foreign);
                    more = page.size() == ObjectLister.MAX_LIMIT;
                    Optional<ObjectKey> upTo =
                            more ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty();
                    merge(page, KeyOrderWalk.blobs(blobs, after, upTo), checks);
                    checks.await();
                    after = upTo;
                    checked(page);
                }
                return counts.report(!more && !progress.isStopRequested());
            }
        }

        private void checked(List<StoredObject> page) {
            if (!progress.isStopRequested() && !page.isEmpty()) {
                counts.checkedTo(page.get(page.size() - 1).key());
            }
        }

        private void merge(
                List<StoredObject> page, Iterator<BlobEntry> walk, OrderedWork<Optional<StoreFinding>> checks) {
            PeekingIterator<StoredObject> objects = Iterators.peekingIterator(page.iterator());
            Consumer<Supplier<Optional<StoreFinding>>> check = task -> checks.submit(task, Optional::empty);
            while (!progress.isStopRequested() && walk.hasNext()) {
                BlobEntry blob = walk.next();
                counts.blob(blob.state());
                while (objects.hasNext() && objects.peek().key().compareTo(blob.objectKey()) < 0) {
                    withoutBlob(seen(objects.next())).ifPresent(check);
                }
                boolean isThere = objects.hasNext() && objects.peek().key().equals(blob.objectKey());
                (isThere ? both(blob, seen(objects.next())) : withoutObject(blob)).ifPresent(check);
            }
            while (!progress.isStopRequested() && objects.hasNext()) {
                withoutBlob(seen(objects.next())).ifPresent(check);
            }
        }

        private StoredObject seen(StoredObject object) {
            counts.object(object.size());
            progress.advance(1, 0);
            return object;
        }

        /** How to check a blob that has an object; empty if there is nothing to check. */
        private Optional<Supplier<Optional<StoreFinding>>> both(BlobEntry blob, StoredObject object) {
            if (blob.state() == State.STORED && object.size() == blob.storedSize()) {
                if (random.getAsDouble() >= options.share()) {
                    return Optional.empty();
                }
                counts.read(object.size());
                return Optional.of(() -> isRight(blob) ? Optional.empty() : examine(blob, true));
            }
            // what was missing is read in any case: it may have been brought back by hand
            return isExpected(blob) ? Optional.of(() -> examine(blob, true)) : Optional.empty();
        }

        private Optional<Supplier<Optional<StoreFinding>>> withoutObject(BlobEntry blob) {
            return isExpected(blob) ? Optional.of(() -> examine(blob, false)) : Optional.empty();
        }

        /** A blob in another state may have an object or not: it is being stored, or the sweep is to delete it. */
        private static boolean isExpected(BlobEntry blob) {
            return blob.state() == State.STORED || blob.state() == State.MISSING;
        }

        private Optional<Supplier<Optional<StoreFinding>>> withoutBlob(StoredObject object) {
            if (Quarantine.holds(object.key())) {
                counts.quarantined();
                return Optional.empty();
            }
            if (object.lastModified().isAfter(youngestOrphan)) {
                counts.tooYoung();
                return Optional.empty();
            }
            return Optional.of(() -> examineOrphan(object));
        }

        private void foreign(String name) {
            tell(new StoreFinding(Kind.FOREIGN, name, "its name is no object key", Repair.NONE, Optional.empty()));
        }

        private void tell(StoreFinding finding) {
            counts.found(finding);
            findings.accept(finding);
        }

        private Optional<StoreFinding> examineOrphan(StoredObject object) {
            ObjectKey key = object.key();
            confirmRight();
            if (store.size(key).isEmpty() || blobs.blobAt(key).isPresent()) {
                counts.changedMeanwhile();
                return Optional.empty();
            }
            Suspicion orphan = new Suspicion(
                    Kind.ORPHAN, object.size() + " bytes of " + object.lastModified() + ", which belong to no blob");
            return Optional.of(
                    options.repair()
                            ? moved(orphan, key, move(key, digest -> isNobodys(key)))
                            : finding(orphan, key, Repair.NONE, Optional.empty()));
        }

        private Quarantine.Move move(ObjectKey key, Predicate<Digest> stillWrong) {
            return quarantine.move(key, digest -> {
                boolean isWrong = stillWrong.test(digest);
                // right before the deletion, since it takes time to copy what is large
                confirmRight();
                return isWrong;
            });
        }

        /** Before it is looked whether others have changed something: whoever repairs now may have. */
        private void confirmRight() {
            if (options.repair()) {
                right.confirm();
            }
        }

        private boolean isNobodys(ObjectKey key) {
            return blobs.blobAt(key).isEmpty();
        }

        /**
         * Looks at the store first and at the blob once more then: what is wrong with a blob that has not changed, is
         * wrong.
         */
        private Optional<StoreFinding> examine(BlobEntry blob, boolean thoroughly) {
            Optional<Suspicion> suspicion = suspect(blob, thoroughly);
            if (suspicion.isEmpty()) {
                return Optional.empty();
            }
            confirmRight();
            if (!blob.isUnchangedIn(blobs)) {
                counts.changedMeanwhile();
                return Optional.empty();
            }
            return Optional.of(
                    options.repair()
                            ? repair(blob, suspicion.get())
                            : finding(suspicion.get(), blob.objectKey(), Repair.NONE, Optional.empty()));
        }

        private Optional<Suspicion> suspect(BlobEntry blob, boolean thoroughly) {
            Optional<Long> size = store.size(blob.objectKey());
            if (size.isEmpty()) {
                return Optional.of(absent(blob));
            }
            if (size.get() != blob.storedSize()) {
                return Optional.of(new Suspicion(
                        Kind.WRONG_SIZE, "it has " + size.get() + " bytes instead of " + blob.storedSize()));
            }
            return thoroughly ? suspectBytes(blob) : Optional.empty();
        }

        private Suspicion absent(BlobEntry blob) {
            return blob.state() == State.MISSING
                    ? new Suspicion(Kind.WAITING, "it is noted as missing; an upload of the same bytes brings it back")
                    : new Suspicion(Kind.MISSING, "it is not there; " + blob.storedSize() + " bytes are lost");
        }

        private Optional<Suspicion> suspectBytes(BlobEntry blob) {
            try {
                if (!digest(blob).equals(blob.storedDigest())) {
                    return Optional.of(
                            new Suspicion(Kind.WRONG_BYTES, "its bytes don't have the digest " + blob.storedDigest()));
                }
                return blob.state() == State.MISSING
                        ? Optional.of(new Suspicion(Kind.RETURNED, "it is noted as missing, but it is there"))
                        : Optional.empty();
            } catch (ObjectNotFoundException e) {
                return Optional.of(absent(blob));
            } catch (IOException | StoreException e) {
                requireSignOfLife();
                return Optional.of(new Suspicion(Kind.UNREADABLE, "its bytes can't be read: " + e.getMessage()));
            }
        }

        /** A store that is away is no damage; one that is full can be read. */
        private void requireSignOfLife() {
            try {
                store.check();
            } catch (StoreFullException e) {
                // which is an answer
                return;
            }
        }

        /** The first look, which most objects pass. */
        private boolean isRight(BlobEntry blob) {
            try {
                return digest(blob).equals(blob.storedDigest());
            } catch (IOException | StoreException e) {
                return false;
            }
        }

        private Digest digest(BlobEntry blob) throws IOException {
            Digest digest = RawObject.digestOf(store, blob.objectKey(), blob.storedSize());
            progress.advance(0, blob.storedSize());
            return digest;
        }

        private StoreFinding repair(BlobEntry blob, Suspicion suspicion) {
            try {
                return switch (suspicion.kind()) {
                    case MISSING -> noted(suspicion, blob, blobs.markMissing(blob));
                    case WRONG_SIZE, WRONG_BYTES ->
                        blob.derived() ? doneWithout(blob, suspicion) : replaced(blob, suspicion);
                    case UNREADABLE -> blob.derived() ? doneWithout(blob, suspicion) : stuck(blob, suspicion);
                    case RETURNED -> noted(suspicion, blob, blobs.markPresent(blob));
                    case WAITING, ORPHAN, FOREIGN, MISCOUNTED, COUNTS_NOT_CHECKED ->
                        finding(suspicion, blob.objectKey(), Repair.NONE, Optional.empty());
                };
            } catch (StoreException | RepositoryException e) {
                return failed(suspicion, blob.objectKey(), e.getMessage(), Optional.empty());
            }
        }

        /** The sweep deletes the object: what is derived next gets a key of its own. */
        private StoreFinding doneWithout(BlobEntry blob, Suspicion suspicion) {
            return noted(suspicion, blob, blobs.markMissing(blob));
        }

        /**
         * The object has to be gone before it is noted as missing: an upload that brings it back puts it under the same
         * key, where a store never overwrites anything, and where a late deletion would hit it.
         */
        private StoreFinding replaced(BlobEntry blob, Suspicion suspicion) {
            Quarantine.Move move =
                    move(blob.objectKey(), digest -> !digest.equals(blob.storedDigest()) && blob.isUnchangedIn(blobs));
            boolean isNoted = move.isGone() && blobs.markMissing(blob);
            return move.isGone() && !isNoted
                    ? failed(suspicion, blob.objectKey(), CHANGED, move.copy())
                    : moved(suspicion, blob.objectKey(), move);
        }

        private StoreFinding stuck(BlobEntry blob, Suspicion suspicion) {
            return failed(suspicion, blob.objectKey(), "what can't be read can't be moved either", Optional.empty());
        }

        private StoreFinding noted(Suspicion suspicion, BlobEntry blob, boolean isNoted) {
            return isNoted
                    ? finding(suspicion, blob.objectKey(), Repair.DONE, Optional.empty())
                    : failed(suspicion, blob.objectKey(), CHANGED, Optional.empty());
        }

        private static StoreFinding moved(Suspicion suspicion, ObjectKey key, Quarantine.Move move) {
            return move.isGone()
                    ? finding(suspicion, key, Repair.DONE, move.copy())
                    : failed(suspicion, key, move.problem(), move.copy());
        }

        private static StoreFinding failed(
                Suspicion suspicion, ObjectKey key, @Nullable String problem, Optional<ObjectKey> movedTo) {
            Suspicion unsolved = new Suspicion(suspicion.kind(), suspicion.detail() + "; not repaired: " + problem);
            return finding(unsolved, key, Repair.FAILED, movedTo);
        }

        private static StoreFinding finding(
                Suspicion suspicion, ObjectKey key, Repair repair, Optional<ObjectKey> movedTo) {
            return new StoreFinding(suspicion.kind(), key.value(), suspicion.detail(), repair, movedTo);
        }
    }
}
