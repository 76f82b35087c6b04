package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import java.util.Collection;
import java.util.List;

/** The part of the {@link MetadataRepository} that remembers what is to be deleted until it is. */
public interface DeletionLedger {

    /**
     * Deletes images of this owner, and condemns the blobs that no live image points to any more, in one step.
     *
     * @param ids any number, each counts once; those of other owners, of deleted images and of none are not found
     * @return what was deleted and what has to be deleted from the store
     */
    Removal remove(OwnerId owner, Collection<Long> ids);

    /**
     * Removes some images that have {@linkplain Sharing#hasEndedBy ended}, as {@link #remove} does.
     *
     * @param limit how many at the most, at least 1
     * @return what was removed; none once none is left that has ended
     */
    Removal removeEnded(int limit);

    /**
     * Condemns the reservations whose lease has run out, and forgets the filenames of images that were removed, deleted
     * or ended, at least 24 hours ago. May be repeated.
     *
     * @return how many reservations there were
     */
    int condemnExpired();

    /**
     * The condemned blobs whose object is to be deleted now. They are answered again until they are passed to
     * {@link #forget}; a walk that continues behind the last one it saw gets past those that can't be deleted.
     *
     * @param afterBlobId where to continue; 0 to begin
     * @param limit how many at the most, at least 1
     * @return in ascending order of their numbers; fewer than the limit only at the end
     */
    List<CondemnedBlob> condemned(long afterBlobId, int limit);

    /**
     * Notes that these blobs' objects were deleted from the store after the blobs were read from {@link #remove} or
     * {@link #condemned}: settled ones are forgotten, the others come up again when their quarantine is over. May be
     * repeated.
     *
     * @param blobs any number, also none
     */
    void forget(Collection<CondemnedBlob> blobs);
}
