package io.github.imagehost.core.dedup;

import com.google.common.collect.Sets;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes images, and the bytes nobody needs any more. Safe for use by many threads. */
public final class Deletions {

    private static final Logger log = LoggerFactory.getLogger(Deletions.class);

    private final DeletionLedger ledger;
    private final Eraser eraser;

    public Deletions(ImageStore store, DeletionLedger ledger) {
        this.ledger = ledger;
        this.eraser = new Eraser(store, ledger);
    }

    /**
     * Deletes images of this owner; when this returns they can't be found any more. Bytes that the store can't delete
     * now are left to a later sweep.
     *
     * @param ids any number; each counts once
     * @throws RepositoryException if the images can't be deleted
     */
    public Deletion delete(OwnerId owner, Collection<Long> ids) {
        Removal removal = ledger.remove(owner, ids);
        erase(removal.condemned());
        return new Deletion(removal.removed(), Sets.difference(Set.copyOf(ids), removal.removed()));
    }

    /** A failure is no failure of the deletion: the images are gone, and the sweep does the rest. */
    private void erase(List<CondemnedBlob> blobs) {
        try {
            eraser.erase(blobs);
        } catch (StoreException | RepositoryException e) {
            log.info("{} condemned objects are left to the sweep: {}", blobs.size(), e.getMessage());
        }
    }
}
