package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import java.util.List;

/**
 * Deletes what nobody needs any more: images that have ended, objects of condemned blobs and of uploads that never came
 * to an end. Its cost grows with the garbage, not with the store. Any number of sweeps may run at once, in any number
 * of processes.
 */
public final class Sweep {

    private static final int BATCH_SIZE = 1000;

    private final DeletionLedger ledger;
    private final Eraser eraser;

    public Sweep(ImageStore store, DeletionLedger ledger) {
        this.ledger = ledger;
        this.eraser = new Eraser(store, ledger);
    }

    /**
     * Sweeps once over all the garbage that is due.
     *
     * @throws StoreException if the store does not answer; what was swept so far stays swept
     * @throws RepositoryException if the repository does not answer; what was swept so far stays swept
     */
    public SweepReport run() {
        int ended = removeEnded();
        int expired = ledger.condemnExpired();
        int seen = 0;
        int failed = 0;
        long lastBlobId = 0;
        List<CondemnedBlob> batch;
        do {
            batch = ledger.condemned(lastBlobId, BATCH_SIZE);
            failed += eraser.erase(batch);
            seen += batch.size();
            lastBlobId =
                    batch.isEmpty() ? lastBlobId : batch.get(batch.size() - 1).blobId();
        } while (batch.size() == BATCH_SIZE);
        return new SweepReport(ended, expired, seen - failed, failed);
    }

    /**
     * Removes the images whose end has come, and leaves their objects to a later {@link #run}.
     *
     * @return how many there were
     * @throws RepositoryException if the repository does not answer; what was removed so far stays removed
     */
    public int removeEnded() {
        int ended = 0;
        int some;
        do {
            some = ledger.removeEnded(BATCH_SIZE).removed().size();
            ended += some;
        } while (some > 0);
        return ended;
    }
}
