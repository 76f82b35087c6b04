package io.github.imagehost.core;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.dedup.Deletions;
import io.github.imagehost.core.dedup.Sweep;
import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.dedup.Uploads;
import io.github.imagehost.core.intake.Intake;
import io.github.imagehost.core.intake.IntakeBusyException;
import io.github.imagehost.core.intake.ReceivedImage;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.core.variant.Variants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An image host that stores every picture exactly once, over a store for the bytes and a repository for the metadata:
 *
 * <pre>{@code
 * try (ImageHost host = ImageHost.builder().store(store).metadata(repository).build()) {
 *     Upload first = host.upload(Path.of("cat.jpg"));
 *     Upload second = host.upload(Path.of("cat.jpg")); // second.duplicate()
 * }
 * }</pre>
 *
 * <p>Methods without an owner act for {@link OwnerId#DEFAULT}. Every method may throw a {@link StoreException} or a
 * {@link RepositoryException} when store or repository fail; their subtypes say whether it makes sense to try again.
 * Safe for use by many threads; several hosts, also in several processes, may share a store and a repository. Pictures
 * are decoded in threads of the host's own, which are there while there is something to decode and end when the host is
 * closed; everything else is done by the thread that calls.
 */
public final class ImageHost implements AutoCloseable {

    private final ImageStore store;
    private final MetadataRepository repository;
    private final Intake intake;
    private final Uploads uploads;
    private final Deletions deletions;
    private final Housekeeping housekeeping;
    private final Downloads downloads;

    ImageHost(
            ImageStore store,
            MetadataRepository repository,
            UploadPolicy policy,
            Path spoolDirectory,
            UploadTiming timing,
            Optional<Variants> variants) {
        this.store = store;
        this.repository = repository;
        Spool spool = Spool.in(spoolDirectory);
        this.intake = new Intake(spool, policy);
        this.uploads = new Uploads(store, repository, timing);
        this.deletions = new Deletions(store, repository);
        this.housekeeping = new Housekeeping(new Sweep(store, repository), spool);
        this.downloads = new Downloads(store, repository, variants);
    }

    /** Begins a new host; a store and a repository are what it needs at least. */
    public static ImageHostBuilder builder() {
        return new ImageHostBuilder();
    }

    /**
     * Uploads a file.
     *
     * @throws UploadRefusedException if it is empty, too large, no image of an allowed type, damaged or too complex
     * @throws UploadBusyException if another upload of the same bytes does not come to an end in time
     * @throws IntakeBusyException if too many others are looked at for too long
     * @throws SpoolException if it can't be kept while it is read
     * @throws IOException if it can't be read
     */
    public Upload upload(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return upload(OwnerId.DEFAULT, String.valueOf(file.getFileName()), in);
        }
    }

    /**
     * Uploads what a stream holds, for this owner. Fails as {@link #upload(Path)} does.
     *
     * @param originalName what the uploader calls it, any text; what is not fit for a name is dropped
     * @param source is read to its end and stays open
     */
    public Upload upload(OwnerId owner, String originalName, InputStream source) throws IOException {
        try (SpooledContent content = spool(source)) {
            ExistingImages existing = findExisting(owner, List.of(content.digest()));
            return prepare(existing, originalName, content, Requester.PATIENT).finish();
        }
    }

    /**
     * Begins an upload whose digest is to be known before anybody looks at the picture: reads a stream to its end, and
     * touches neither store nor repository. {@link #findExisting} and {@link #prepare} come next.
     *
     * @param source is read to its end and stays open
     * @return what was read; whoever asked for it closes it
     * @throws UploadRefusedException if it is empty or too large
     * @throws SpoolException if it can't be kept while it is received
     * @throws IOException if the stream can't be read
     */
    public SpooledContent spool(InputStream source) throws IOException {
        return spool(source, Long.MAX_VALUE);
    }

    /**
     * Begins an upload as {@link #spool(InputStream)} does, of somebody who may upload less than others.
     *
     * @param maxFileSize the largest file, in bytes, at least 1
     */
    public SpooledContent spool(InputStream source, long maxFileSize) throws IOException {
        return intake.spool(source, maxFileSize);
    }

    /**
     * All of an upload of what was {@linkplain #spool read}, but that nothing is stored or recorded before it is
     * {@linkplain PreparedUpload#finish finished}. What the owner has already is not looked at again. Touches neither
     * store nor repository.
     *
     * @param existing whose upload it is, and what is {@linkplain #findExisting known} to be there
     * @param originalName what the uploader calls it, any text; what is not fit for a name is dropped
     * @param content is closed with what is returned; stays open if that is an exception
     * @param requester who waits for the answer, and may leave
     * @return what was prepared; whoever asked for it closes it
     * @throws UploadRefusedException if it is no image of an allowed type, damaged or too complex
     * @throws IntakeBusyException if too many others are looked at for too long
     * @throws RequesterGoneException if the requester has left while the picture was looked at
     * @throws SpoolException if it can't be read
     */
    public PreparedUpload prepare(
            ExistingImages existing, String originalName, SpooledContent content, Requester requester) {
        Optional<Upload> answer = existing.answerTo(content.digest());
        if (answer.isPresent()) {
            return new PreparedUpload.Duplicate(content, answer.get());
        }
        ReceivedImage received = intake.inspect(originalName, content, requester);
        return new PreparedUpload.Fresh(content, uploads, existing.owner(), received);
    }

    /** The default owner's image with this id; empty if there is none. */
    public Optional<Image> find(long id) {
        return find(OwnerId.DEFAULT, id);
    }

    /** The owner's image with this id; empty if there is none or if it is somebody else's. */
    public Optional<Image> find(OwnerId owner, long id) {
        return repository.findById(owner, id);
    }

    /**
     * The owner's image of the bytes with this digest, as they were uploaded; empty if there is none, whoever else has
     * one.
     */
    public Optional<Image> find(OwnerId owner, Digest digest) {
        ImageQuery withThatDigest = ImageQuery.of(owner).limit(1).filter(ImageFilter.ALL.digest(digest));
        // a list may have what has ended
        return list(withThatDigest).images().stream()
                .flatMap(image -> find(owner, image.id()).stream())
                .findFirst();
    }

    /**
     * Finds out which pictures an owner has already, with one question for all of them: whoever has the digests need
     * not send the bytes.
     *
     * @param digests of bytes as they were uploaded, any number
     */
    public ExistingImages findExisting(OwnerId owner, Collection<Digest> digests) {
        return new ExistingImages(owner, repository.findExisting(owner, digests));
    }

    /**
     * The image behind a link, whoever owns it.
     *
     * @param filename any text
     */
    public Optional<Image> findByFilename(String filename) {
        return repository.findByFilename(filename);
    }

    /** One page of an owner's images. */
    public ImagePage list(ImageQuery query) {
        return repository.list(query);
    }

    /**
     * Opens the bytes behind a link, whoever owns the image.
     *
     * @param filename any text
     * @return the bytes; whoever asked for them closes them
     * @throws ImageNotFoundException if there is no such image
     */
    public ImageContent open(String filename) {
        Image image =
                findByFilename(filename).orElseThrow(() -> new ImageNotFoundException("There is no image " + filename));
        return open(image);
    }

    /**
     * Opens the bytes of an image.
     *
     * @return the bytes; whoever asked for them closes them
     * @throws ImageNotFoundException if it was deleted meanwhile
     */
    public ImageContent open(Image image) {
        return downloads.open(image);
    }

    /**
     * Opens part of an image.
     *
     * @param range inside the image
     * @return the range's bytes; whoever asked for them closes them
     * @throws ImageNotFoundException if it was deleted meanwhile
     */
    public ImageContent open(Image image, ByteRange range) {
        return downloads.open(image, range);
    }

    /**
     * A file of this machine with exactly the bytes of an image, for those who can have the operating system send it.
     * It may only be read, and is gone some time after the image was deleted; so whoever gets it opens it soon.
     *
     * @return empty if the store has none at the moment, or no files at all; then the image has to be
     *     {@linkplain #open(Image) opened}
     * @throws ImageNotFoundException if it was deleted meanwhile
     */
    public Optional<Path> file(Image image) {
        return downloads.file(image);
    }

    /** A file with exactly the bytes of a variant; see {@link #file(Image)} for the rest. */
    public Optional<Path> file(Variant variant) {
        return downloads.file(variant);
    }

    /**
     * An image in another size or format. It is rendered when somebody asks for it for the first time, and stored until
     * the image's bytes are deleted.
     *
     * @return what can be {@linkplain #open(Variant) opened}
     * @throws ImageNotFoundException if the image was deleted meanwhile
     * @throws UploadBusyException if somebody else does not come to an end of rendering it in time, or takes over each
     *     time
     * @throws UndecodableImageException if the image can't be decoded
     * @throws EngineOverloadedException if there is too much else to render
     * @throws IllegalStateException if the host was built without an engine
     */
    public Variant variant(Image image, Transformation transformation) {
        return downloads.variant(image, transformation);
    }

    /**
     * Opens the bytes of a variant.
     *
     * @return the bytes; whoever asked for them closes them
     * @throws ImageNotFoundException if its image was deleted meanwhile
     */
    public InputStream open(Variant variant) {
        return downloads.open(variant);
    }

    /**
     * Opens part of a variant; see {@link #open(Variant)} for the rest.
     *
     * @param range inside the variant
     */
    public InputStream open(Variant variant, ByteRange range) {
        return downloads.open(variant, range);
    }

    /**
     * Deletes an image of the default owner.
     *
     * @throws ImageNotFoundException if there is none with this id
     */
    public void delete(long id) {
        if (delete(OwnerId.DEFAULT, List.of(id)).deleted().isEmpty()) {
            throw new ImageNotFoundException("There is no image " + id);
        }
    }

    /**
     * Deletes images of this owner; when this returns they can't be found any more. Bytes that nobody needs any more
     * are deleted too, or left to the next {@link #sweep} if the store does not answer.
     *
     * @param ids any number; each counts once
     */
    public Deletion delete(OwnerId owner, Collection<Long> ids) {
        return deletions.delete(owner, ids);
    }

    /**
     * Changes what people call an image of this owner, who may see it, or how long. Its link and its bytes stay. May be
     * repeated.
     *
     * @param id its own, not that of another one that was folded into it
     * @param changes any number, of each kind one at the most
     * @return the image as it is now; empty if the owner has none with this id
     */
    public Optional<Image> change(OwnerId owner, long id, Collection<ImageChange> changes) {
        return repository.change(owner, id, changes);
    }

    /**
     * Changes several images of this owner alike, in one step; see {@link #change}.
     *
     * @param ids their own, any number; each counts once, and those that the owner has not are left out
     * @return those that were changed, as they are now, in ascending order of their ids
     */
    public List<Image> changeAll(OwnerId owner, Collection<Long> ids, Collection<ImageChange> changes) {
        return repository.changeAll(owner, ids, changes);
    }

    /**
     * Counts that an image is about to be shown to somebody, which whoever serves images with
     * {@linkplain Sharing#viewsLeft a number of views} asks each time. Who may see an image is for whoever serves it to
     * look at, too: {@link #open(Image)} does not.
     *
     * @return whether it may be shown
     */
    public boolean countView(Image image) {
        return repository.countView(image.owner(), image.id());
    }

    /** How many uploads have their pictures decoded now, of those to this host. */
    public int decoding() {
        return intake.decoding();
    }

    /**
     * Removes the images whose end has come, which nobody finds by their links any more anyway, from lists and counts.
     *
     * @return how many there were
     */
    public int removeEnded() {
        return housekeeping.removeEnded();
    }

    /**
     * Deletes the bytes that nobody needs any more and that earlier deletions and broken uploads left behind, also
     * those that killed processes left in the spool directory. To be called now and then; any number of sweeps may run
     * at once, in any number of processes. What it costs grows with what there is to delete.
     *
     * @throws SpoolException if the spool directory can't be used
     */
    public SweepReport sweep() {
        return housekeeping.sweep();
    }

    /**
     * Closes the store and the repository that it was built with, and ends the threads of the host; may be repeated.
     */
    @Override
    public void close() {
        intake.close();
        try {
            store.close();
        } finally {
            repository.close();
        }
    }
}
