package io.github.imagehost.cli.session;

import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.work.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of one owner, wherever they are kept: by the host that the settings describe, or by a service. Opened
 * when it is needed. Safe for use by many threads at once.
 */
public interface PictureHost extends AutoCloseable {

    /** How many pictures can be deleted at once. */
    int MAX_DELETED = 100;

    /** All of its pictures, newest first: what a list begins with. */
    ImageQuery query();

    /** A page of its pictures. */
    ImageList list(ImageQuery query);

    /** The picture with this id, or that had it before; empty if there is none. */
    Optional<ImageDetails> find(long id);

    /** The picture of this content; empty if there is none. */
    Optional<ImageDetails> find(Digest digest);

    /** The picture with this last part of its link; empty if there is none. */
    Optional<ImageDetails> findByFilename(String filename);

    /**
     * Deletes pictures. Those that are not there do not keep it from deleting the others.
     *
     * @param ids at most {@value #MAX_DELETED}
     */
    Deletion delete(List<Long> ids);

    /**
     * Changes a picture.
     *
     * @param changes any number, of each kind one at the most
     * @return the picture as it is now; empty if there is none with this id
     */
    Optional<ImageDetails> change(long id, List<ImageChange> changes);

    /**
     * Signs a link by which others see a private picture.
     *
     * @param life how long it is good
     * @return empty if there is no picture with this id
     */
    Optional<SignedLink> sign(long id, Duration life);

    /** How much there is, and may be. */
    Allowance allowance();

    /**
     * Uploads pictures. Opens nothing before the first one.
     *
     * @param wish what is to become of them
     * @param progress shows how far that is
     */
    PictureUploads uploads(UploadWish wish, Progress progress);

    /** Its albums and tags. */
    PictureAlbums albums();

    /** Whether it was needed and could be opened. */
    boolean isOpen();

    @Override
    void close();
}
