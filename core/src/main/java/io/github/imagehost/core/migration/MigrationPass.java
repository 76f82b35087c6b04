package io.github.imagehost.core.migration;

import com.google.common.collect.Iterators;
import com.google.common.collect.Lists;
import com.google.common.collect.PeekingIterator;
import io.github.imagehost.core.migration.MigrationProblem.Kind;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.walk.KeyOrderWalk;
import io.github.imagehost.core.work.OrderedWork;
import io.github.imagehost.core.work.Progress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Goes once through all blobs and copies what is not there. For one thread, which may have others copy. */
final class MigrationPass {

    /** A store that is away is not asked for every single object. */
    private static final int MOST_FAILURES_IN_A_ROW = 20;

    private static final int PENDING_PER_THREAD = 64;

    private final ImageStore source;
    private final ImageStore target;
    private final BlobCatalog catalog;
    private final MigrationJournal journal;
    private final int threads;
    private final Progress progress;
    private final boolean isFirst;

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final List<MigrationProblem> problems = new ArrayList<>();
    private final Census census = new Census();
    private long problemCount;
    private long objects;
    private long copied;
    private long copiedBytes;
    private long knownMissing;

    /**
     * @param threads how many objects to copy at once
     * @param isFirst whether to note in the journal also what the target has already
     */
    MigrationPass(
            ImageStore source,
            ImageStore target,
            BlobCatalog catalog,
            MigrationJournal journal,
            int threads,
            Progress progress,
            boolean isFirst) {
        this.source = source;
        this.target = target;
        this.catalog = catalog;
        this.journal = journal;
        this.threads = threads;
        this.progress = progress;
        this.isFirst = isFirst;
    }

    /** Copies until it is done or asked to stop. */
    void run() {
        PeekingIterator<StoredObject> there = Iterators.peekingIterator(KeyOrderWalk.objects(target, Optional.empty()));
        Iterator<List<BlobEntry>> pages =
                Iterators.partition(KeyOrderWalk.blobs(catalog, Optional.empty()), BlobCatalog.MAX_LIMIT);
        try (OrderedWork<CopyResult> copies = new OrderedWork<>(
                "imagehost-migration", threads, PENDING_PER_THREAD, progress::isStopRequested, this::count)) {
            while (!progress.isStopRequested() && pages.hasNext()) {
                List<BlobEntry> absent = look(pages.next(), there);
                absent.forEach(blob -> copies.submit(() -> copy(blob), () -> CopyResult.NOTHING));
                copies.await();
            }
        }
    }

    /** Looks at a page and notes it in the journal; gives those blobs whose objects are to be copied. */
    private List<BlobEntry> look(List<BlobEntry> page, PeekingIterator<StoredObject> there) {
        List<BlobEntry> noted = new ArrayList<>();
        List<BlobEntry> absent = new ArrayList<>();
        for (BlobEntry blob : page) {
            census.count(blob);
            Optional<StoredObject> object = objectOf(blob, there);
            boolean isAbsent = blob.state() == State.STORED && object.isEmpty();
            if (isAbsent) {
                absent.add(blob);
            } else {
                lookAt(blob, object);
            }
            if (isAbsent || (isFirst && object.isPresent())) {
                noted.add(blob);
            }
        }
        journal.note(Lists.transform(noted, BlobEntry::objectKey));
        return absent;
    }

    private static Optional<StoredObject> objectOf(BlobEntry blob, PeekingIterator<StoredObject> there) {
        while (there.hasNext() && there.peek().key().compareTo(blob.objectKey()) < 0) {
            there.next();
        }
        return there.hasNext() && there.peek().key().equals(blob.objectKey())
                ? Optional.of(there.next())
                : Optional.empty();
    }

    private void lookAt(BlobEntry blob, Optional<StoredObject> object) {
        progress.advance(1, 0);
        if (blob.state() == State.STORED) {
            objects++;
            object.filter(there -> there.size() != blob.storedSize())
                    .ifPresent(there -> tell(occupied(blob, there.size() + " bytes instead of " + blob.storedSize())));
        }
        knownMissing += blob.state() == State.MISSING ? 1 : 0;
    }

    /**
     * What became of one object; nothing if it need not be there any more, or if it was not begun.
     *
     * @param bytes how many were copied
     */
    private record CopyResult(long bytes, Optional<MigrationProblem> problem) {

        static final CopyResult NOTHING = new CopyResult(0, Optional.empty());
    }

    private void count(CopyResult result) {
        if (result.bytes() > 0) {
            objects++;
            copied++;
            copiedBytes += result.bytes();
        }
        result.problem().ifPresent(problem -> {
            objects++;
            tell(problem);
        });
    }

    private void tell(MigrationProblem problem) {
        problemCount++;
        if (problems.size() < StoreMigrationReport.MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private CopyResult copy(BlobEntry blob) {
        try {
            target.put(blob.objectKey(), new MigratedContent(source, blob));
            failuresInARow.set(0);
            progress.advance(1, blob.storedSize());
            return new CopyResult(blob.storedSize(), Optional.empty());
        } catch (StoreFullException e) {
            // nor does it have room for the others
            throw e;
        } catch (StoreException e) {
            if (e instanceof Retryable && failuresInARow.incrementAndGet() >= MOST_FAILURES_IN_A_ROW) {
                throw e;
            }
            progress.advance(1, 0);
            // it may have been deleted since it was listed
            return blob.isUnchangedIn(catalog) ? new CopyResult(0, Optional.of(problem(blob, e))) : CopyResult.NOTHING;
        }
    }

    private MigrationProblem problem(BlobEntry blob, StoreException failure) {
        if (failure instanceof ContentMismatchException) {
            return problem(Kind.DAMAGED, blob, "its bytes are not those with " + blob.storedDigest());
        }
        if (failure instanceof ObjectAlreadyExistsException) {
            return occupied(blob, "other bytes");
        }
        if (failure instanceof Retryable) {
            return problem(Kind.FAILED, blob, String.valueOf(failure.getMessage()));
        }
        Optional<Long> size = source.size(blob.objectKey());
        if (size.isEmpty()) {
            return problem(Kind.MISSING, blob, "it is not in the source; " + blob.storedSize() + " bytes are lost");
        }
        return size.get() == blob.storedSize()
                ? problem(Kind.FAILED, blob, String.valueOf(failure.getMessage()))
                : problem(Kind.DAMAGED, blob, "it has " + size.get() + " bytes instead of " + blob.storedSize());
    }

    private static MigrationProblem occupied(BlobEntry blob, String instead) {
        return problem(Kind.OCCUPIED, blob, "the target has " + instead + " under its key, which are never replaced");
    }

    private static MigrationProblem problem(Kind kind, BlobEntry blob, String detail) {
        return new MigrationProblem(kind, blob.objectKey().value(), detail);
    }

    long objects() {
        return objects;
    }

    long copied() {
        return copied;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    long knownMissing() {
        return knownMissing;
    }

    long problemCount() {
        return problemCount;
    }

    List<MigrationProblem> problems() {
        return problems;
    }

    Census census() {
        return census;
    }

    /** What one walk through all blobs saw. Equal to that of another walk if nothing was written between the two. */
    static final class Census {

        private final MessageDigest sha256 = Digest.sha256();
        private boolean reserved;

        /** Takes one more blob into account. */
        void count(BlobEntry blob) {
            String seen =
                    blob.blobId() + " " + blob.objectKey() + " " + blob.state() + " " + blob.storedDigest() + "\n";
            sha256.update(seen.getBytes(StandardCharsets.US_ASCII));
            reserved |= blob.state() == State.RESERVED;
        }

        /** Whether somebody may be storing an object right now. */
        boolean isReserved() {
            return reserved;
        }

        /** To be called once, at the end of the walk. */
        Digest fingerprint() {
            return Digest.of(sha256.digest());
        }
    }
}
