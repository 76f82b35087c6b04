package io.github.imagehost.core.migration;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import io.github.imagehost.core.migration.MigrationPass.Census;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.walk.KeyOrderWalk;
import io.github.imagehost.core.work.Progress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Copies all objects of a host from its store to another one, each verified by its digest, while others upload and
 * delete:
 *
 * <ol>
 *   <li>{@link #copy}, any number of times, while the host works on the source;
 *   <li>end everything that writes to the host;
 *   <li>{@link #finish}, until it says {@link StoreMigrationReport#readyToSwitch};
 *   <li>open the host on the target.
 * </ol>
 *
 * <p>What the target has already, with the right size, is not copied again: so a run that was stopped or killed is
 * continued by another one. The source is never changed. Copies of what was deleted meanwhile are deleted from the
 * target; what others keep there stays. One run at a time may work on a target. Safe for use by many threads otherwise.
 */
public final class StoreMigration {

    /** How many objects are copied at once unless the caller says otherwise. */
    public static final int DEFAULT_THREADS = 4;

    /** The largest number of objects that can be copied at once. */
    public static final int MOST_THREADS = 64;

    /** While images are uploaded all the time, there is always something new. */
    private static final int MOST_PASSES = 5;

    private final ImageStore source;
    private final ImageStore target;
    private final AdministrableRepository repository;
    private final MigrationJournal journal;
    private final int threads;

    /**
     * @param source where the objects are; stays open
     * @param target where they are to be; stays open
     * @param repository knows which there are; stays open
     * @param threads how many objects to copy at once, 1 to {@value #MOST_THREADS}
     */
    public StoreMigration(ImageStore source, ImageStore target, AdministrableRepository repository, int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("A migration has 1 to " + MOST_THREADS + " threads, not " + threads);
        }
        this.source = source;
        this.target = target;
        this.repository = repository;
        this.journal = new MigrationJournal(target, repository);
        this.threads = threads;
    }

    /**
     * Copies what is not there, again and again until there is nothing new, but a few times at the most. Has threads of
     * its own, which end with it. An object that can't be copied does not keep the others from it.
     *
     * @param progress counts objects, and the bytes of those that are copied
     * @throws SameStoreException if source and target are the same; nothing has changed
     * @throws StoreException if one of the stores fails; what was copied so far stays
     * @throws RepositoryException if the repository fails; what was copied so far stays
     */
    public StoreMigrationReport copy(Progress progress) {
        return new StoreMigrationRun(progress).copy();
    }

    /**
     * Does the same once more, after everything that writes to the host has ended, and looks whether it has: whether a
     * reservation is left whose lease runs, and whether blobs came or went meanwhile. A service that runs but is not
     * used can't be noticed.
     *
     * @throws SameStoreException if source and target are the same; nothing has changed
     * @throws StoreException if one of the stores fails; what was copied so far stays
     * @throws RepositoryException if the repository fails; what was copied so far stays
     */
    public StoreMigrationReport finish(Progress progress) {
        repository.condemnExpired();
        return new StoreMigrationRun(progress).finish();
    }

    private final class StoreMigrationRun {

        private final Progress progress;
        private int passes;
        private long copied;
        private long copiedBytes;
        private long deleted;

        StoreMigrationRun(Progress progress) {
            this.progress = progress;
        }

        StoreMigrationReport copy() {
            return report(passes(), false, 0);
        }

        StoreMigrationReport finish() {
            MigrationPass last = passes();
            if (progress.isStopRequested()) {
                return report(last, false, 0);
            }
            boolean stillWritten = last.copied() > 0 || isWrittenSince(last.census());
            boolean isReady = !stillWritten && last.problemCount() == 0;
            // without its journal, a migration that goes on would not know its copies
            deleted += isReady ? journal.release(journal.pages()) : 0;
            return report(last, stillWritten, strangers());
        }

        private MigrationPass passes() {
            if (journal.turnsUpIn(source)) {
                throw new SameStoreException("Source and target are the same store");
            }
            List<ObjectKey> earlierPages = journal.pages();
            MigrationPass pass = pass();
            if (!progress.isStopRequested()) {
                // the first pass has noted again all that is still needed
                deleted += journal.release(earlierPages);
            }
            while (!progress.isStopRequested() && pass.copied() > 0 && passes < MOST_PASSES) {
                pass = pass();
            }
            return pass;
        }

        private MigrationPass pass() {
            expectOneMorePass();
            MigrationPass pass = new MigrationPass(source, target, repository, journal, threads, progress, passes == 0);
            pass.run();
            passes++;
            copied += pass.copied();
            copiedBytes += pass.copiedBytes();
            return pass;
        }

        private void expectOneMorePass() {
            Statistics statistics = repository.statistics();
            long blobs = statistics.blobs() + statistics.derived() + statistics.unfinished() + statistics.condemned();
            progress.expect((passes + 1) * blobs, Progress.UNKNOWN);
        }

        private StoreMigrationReport report(MigrationPass last, boolean stillWritten, long strangers) {
            return new StoreMigrationReport(
                    progress.isStopRequested(),
                    passes,
                    last.objects(),
                    copied,
                    copiedBytes,
                    last.copied(),
                    deleted,
                    last.knownMissing(),
                    last.problemCount(),
                    last.problems(),
                    stillWritten,
                    strangers);
        }
    }

    private boolean isWrittenSince(Census earlier) {
        Census now = new Census();
        KeyOrderWalk.blobs(repository, Optional.empty()).forEachRemaining(now::count);
        Digest fingerprint = now.fingerprint();
        return now.isReserved() || !fingerprint.equals(earlier.fingerprint());
    }

    private long strangers() {
        PeekingIterator<BlobEntry> blobs = Iterators.peekingIterator(KeyOrderWalk.blobs(repository, Optional.empty()));
        Iterator<StoredObject> objects = KeyOrderWalk.objects(target, Optional.empty());
        long strangers = 0;
        while (objects.hasNext()) {
            ObjectKey key = objects.next().key();
            while (blobs.hasNext() && blobs.peek().objectKey().compareTo(key) < 0) {
                blobs.next();
            }
            boolean isKnown = blobs.hasNext() && blobs.peek().objectKey().equals(key);
            strangers += isKnown || MigrationJournal.holds(key) ? 0 : 1;
        }
        return strangers;
    }
}
