package io.github.imagehost.cli.session;

import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.bulk.BulkResult;
import io.github.imagehost.core.bulk.TriedFilenames;
import io.github.imagehost.core.bulk.UploadTask;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.ImageList;
import io.github.imagehost.core.view.QuotaDetails;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
    public Optional<ImageDetails> change(long id, List<ImageChange> changes) {
        if (changes.stream().anyMatch(ImageChange::limits)) {
            requireOwnLinks();
        }
        Optional<Image> image =
                session.host().find(owner, id).flatMap(found -> session.host().change(owner, found.id(), changes));
        image.ifPresent(changed -> session.note(
                changes.equals(List.of(new ImageChange.RevokeLinks()))
                        ? Acts.linksRevoked(changed)
                        : Acts.imageChanged(changed, changes)));
        return details(image);
    }

    @Override
    public Optional<SignedLink> sign(long id, Duration life) {
        return session.host().find(owner, id).map(image -> {
            ViewPermit permit = session.viewLinks().sign(image, life);
            Instant end = Instant.ofEpochSecond(permit.expiresAt());
            session.note(Acts.linkSigned(image, end));
            return new SignedLink(
                    session.links().permittedUrlOf(image, permit),
                    session.links().permittedThumbnailUrlOf(image, permit),
                    Timestamps.format(end));
        });
    }

    /** @throws SettingsException if anybody may fetch pictures past the service, where nothing can be kept from him */
    private void requireOwnLinks() {
        if (session.links().leadToStore()) {
            throw new SettingsException("S3_PUBLIC_URL is set, so that pictures can be fetched from a public store:"
                    + " none can be private, end, or be limited to some views");
        }
    }

    @Override
    public Allowance allowance() {
        return new Allowance(
                session.admin().usage(owner), QuotaDetails.of(session.admin().quota(owner)));
    }

    @Override
    public PictureUploads uploads(UploadWish wish, Progress progress) {
        return new LocalUploads(wish, progress);
    }

    @Override
    public PictureAlbums albums() {
        return new LocalAlbums(session, owner);
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

        private final UploadWish wish;
        private final Progress progress;
        private Optional<UploadTask> task = Optional.empty();
        private volatile Optional<Album> album = Optional.empty();

        LocalUploads(UploadWish wish, Progress progress) {
            this.wish = wish;
            this.progress = progress;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public Prepared prepare(PictureItem item, TriedFilenames tried) throws IOException {
            return filing(task().prepare(item, tried));
        }

        @Override
        public Prepared prepareLinked(PictureItem item, String link, TriedFilenames tried) throws IOException {
            return filing(task().prepare(new FetchedItem(item, owner, link, session.linkedPictures()), tried));
        }

        private Prepared filing(Prepared prepared) {
            return wish.files() ? new FilingUpload(prepared, this::file) : prepared;
        }

        private void file(Image image) {
            if (!wish.tags().isEmpty()) {
                session.albums().changeTags(owner, List.of(image.id()), TagChange.add(wish.tags()));
            }
            album.ifPresent(into -> session.albums().addImages(owner, into.id(), List.of(image.id()), AlbumPlace.KEEP));
        }

        /** One for all pictures, so that it asks for many at once. */
        private synchronized UploadTask task() {
            UploadTask present = task.orElseGet(this::newTask);
            task = Optional.of(present);
            return present;
        }

        private UploadTask newTask() {
            if (!wish.sharing().equals(SharingWish.UNLIMITED)) {
                requireOwnLinks();
            }
            album = wish.album()
                    .map(text -> session.albums()
                            .find(owner, text)
                            .orElseThrow(() -> new NotFoundException("album_not_found", "There is no album " + text)));
            return new UploadTask(session.host(), owner, () -> wish.sharing().at(Instant.now()));
        }

        @Override
        public Optional<UploadedImage> uploaded(PictureItem item, BulkResult result) {
            boolean isDuplicate = result.outcome() == BulkResult.Outcome.DUPLICATE;
            result.image().ifPresent(image -> session.note(Acts.imageUploaded(image)));
            return result.image().map(image -> UploadedImage.of(new Upload(image, isDuplicate), session.links(), null));
        }
    }
}
