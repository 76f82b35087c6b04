package io.github.imagehost.cli.session;

import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.TriedFilenames;
import io.github.imagehost.core.bulk.UploadTask;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.view.QuotaDetails;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The pictures that an owner has in the host of a session. */
public final class LocalPictures implements PictureHost {

    private final HostSession session;
    private final OwnerId owner;

    /** @param session is closed with this */
    public LocalPictures(HostSession session, OwnerId owner) {
        this.session = session;
        this.owner = owner;
    }

    @Override
    public ImageQuery query() {
        return ImageQuery.of(owner);
    }

    @Override
    public ImageList list(ImageQuery query) {
        return ImageList.of(query, session.host().list(query), session.links());
    }

    @Override
    public Optional<ImageDetails> find(long id) {
        return details(session.host().find(owner, id));
    }

    @Override
    public Optional<ImageDetails> find(Digest digest) {
        return details(session.host().find(owner, digest));
    }

    @Override
    public Optional<ImageDetails> findByFilename(String filename) {
        return details(session.host()
                .findByFilename(filename)
                .filter(image -> image.owner().equals(owner)));
    }

    private Optional<ImageDetails> details(Optional<Image> image) {
        return image.map(found -> ImageDetails.of(found, session.links()));
    }

    @Override
    public Deletion delete(List<Long> ids) {
        Deletion deletion = session.host().delete(owner, ids);
        if (!deletion.deleted().isEmpty()) {
            session.note(Acts.imagesDeleted(owner, deletion.deleted()));
        }
        return deletion;
    }

    @Override
    public Allowance allowance() {
        return new Allowance(
                session.admin().usage(owner), QuotaDetails.of(session.admin().quota(owner)));
    }

    @Override
    public PictureUploads uploads(Progress progress) {
        return new LocalUploads(progress);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        session.close();
    }

    private final class LocalUploads implements PictureUploads {

        private final Progress progress;
        private Optional<UploadTask> task = Optional.empty();

        LocalUploads(Progress progress) {
            this.progress = progress;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public Prepared prepare(PictureItem item, TriedFilenames tried) throws IOException {
            return task().prepare(item, tried);
        }

        /** One for all pictures, so that it asks for many at once. */
        private synchronized UploadTask task() {
            UploadTask present = task.orElseGet(() -> new UploadTask(session.host(), owner));
            task = Optional.of(present);
            return present;
        }

        @Override
        public Optional<UploadedImage> uploaded(PictureItem item, BulkResult result) {
            boolean isDuplicate = result.outcome() == BulkResult.Outcome.DUPLICATE;
            result.image().ifPresent(image -> session.note(Acts.imageUploaded(image)));
            return result.image().map(image -> UploadedImage.of(new Upload(image, isDuplicate), session.links(), null));
        }
    }
}
