package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What the repository knows of one object in the store.
 *
 * @param blobId the repository's own number of the blob
 * @param objectKey where the object lies
 * @param state how far the blob is
 * @param derived whether it goes with another blob and can be done without: a variant, or a copy that was adopted
 * @param storedDigest of the object; of a variant that is not {@link State#STORED} any
 * @param storedSize of the object, in bytes; of a variant that is not {@link State#STORED} any
 * @param type of the object
 * @param quarantineEnd until then a request may be under way that stores the object
 */
public record BlobEntry(
        long blobId,
        ObjectKey objectKey,
        State state,
        boolean derived,
        Digest storedDigest,
        long storedSize,
        ImageType type,
        Instant quarantineEnd) {

    /** How far a blob is. */
    public enum State {
        /** Somebody may be storing the object. */
        RESERVED,
        /** The object is there. */
        STORED,
        /** The object should be there, but is not; whoever uploads the same bytes again brings it back. */
        MISSING,
        /** Nobody needs the object any more. */
        CONDEMNED
    }

    /**
     * Whether the repository still says the same. Whoever stores, deletes or brings back the object changes the entry,
     * too.
     */
    public boolean isUnchangedIn(BlobCatalog catalog) {
        return catalog.blobAt(objectKey).equals(Optional.of(this));
    }
}
