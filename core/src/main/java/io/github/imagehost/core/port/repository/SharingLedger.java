package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The part of the {@link MetadataRepository} that knows who may see images, and how long. An image that has
 * {@linkplain Sharing#hasEndedBy ended} is found by none of its methods any more, and no upload is answered with it; it
 * is still listed and counted until {@link DeletionLedger#removeEnded} has removed it.
 */
public interface SharingLedger {

    /**
     * Changes an image of this owner, in one step. May be repeated.
     *
     * @param id its own, not that of another one that was folded into it
     * @param changes any number, of each kind one at the most
     * @return the image as it is now; empty if the owner has none with this id
     */
    default Optional<Image> change(OwnerId owner, long id, Collection<ImageChange> changes) {
        return changeAll(owner, List.of(id), changes).stream().findFirst();
    }

    /**
     * Changes several images of this owner alike, all of them in one step. May be repeated.
     *
     * @param ids their own, any number, each counts once; those of other owners, of deleted images and of none are left
     *     out
     * @param changes any number, of each kind one at the most
     * @return the images that were changed, as they are now, in ascending order of their ids
     */
    List<Image> changeAll(OwnerId owner, Collection<Long> ids, Collection<ImageChange> changes);

    /**
     * Counts that the bytes of an image are about to be sent. With the last view that it has left, the image ends. Not
     * to be repeated: each call that succeeds is a view.
     *
     * @return whether they may be sent; always, if any number is allowed
     */
    boolean countView(OwnerId owner, long id);
}
