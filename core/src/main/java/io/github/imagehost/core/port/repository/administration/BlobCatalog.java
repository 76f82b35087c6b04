package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.store.ObjectLister;
import java.util.List;
import java.util.Optional;

/**
 * The part of the {@link AdministrableRepository} that knows what the store has to hold, and notes what it does not.
 */
public interface BlobCatalog {

    /** The largest listing there can be in one call. */
    int MAX_LIMIT = 1000;

    /**
     * All blobs whose keys follow this one, in the order in which {@link ObjectLister} lists objects. Blobs that come
     * or go during a walk through several listings may or may not be in them; all others are in them exactly once.
     *
     * @param after where to continue; empty to begin. Need not exist
     * @param limit how many at the most, 1 to {@value #MAX_LIMIT}
     * @return in ascending order of their keys; fewer than the limit only at the end
     */
    List<BlobEntry> blobs(Optional<ObjectKey> after, int limit);

    /** The blob whose object lies there; empty if there is none, or not any more. */
    Optional<BlobEntry> blobAt(ObjectKey key);

    /**
     * Notes that the object of a stored blob is not there. Links to it stay, and are whole again when somebody uploads
     * the same bytes: {@link UploadLedger#claim} then answers a reservation for the same key. What is
     * {@linkplain BlobEntry#derived derived} is condemned instead. May be repeated.
     *
     * @param blob as it was before somebody looked for its object
     * @return whether it is noted; if not, the blob has changed since, and it may be there
     */
    boolean markMissing(BlobEntry blob);

    /**
     * Notes that the object of a {@linkplain BlobEntry.State#MISSING missing} blob is back, for instance out of a
     * backup. May be repeated.
     *
     * @param blob as it was before somebody read the object and found it to have the stored digest
     * @return whether it is noted; if not, the blob has changed since
     */
    boolean markPresent(BlobEntry blob);
}
