package io.github.imagehost.rest.upload;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.PreparedUpload;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.album.FilingWish;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.core.fetch.LinkedPicture;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ExistingImages;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.view.UploadedImage;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.sharing.SharingFields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;

/**
 * Uploads for the sender of a request: no more than he may, and without telling him what others have uploaded with whom
 * he shares an owner. For one request.
 */
final class Uploader {

    private final Parts parts;
    private final Principal sender;
    private final UploadPolicy policy;

    /**
     * What uploads need.
     *
     * @param linked what links stand for
     * @param links of what is uploaded
     * @param clock says when that was
     */
    record Parts(
            ImageHost host,
            LinkedPictures linked,
            QuotaLedger quotas,
            ImageLinks links,
            DeleteLinks deleteLinks,
            SharingFields sharing,
            Albums albums,
            FilingFields filing,
            InstantSource clock) {}

    /**
     * An upload that is done.
     *
     * @param told what the sender is told of it, which may be less than there is to tell
     */
    record Finished(Upload upload, UploadedImage told) {}

    /**
     * What becomes of an upload.
     *
     * @param terms how a new image is shared
     * @param filing where the image is put, new or not
     */
    record Wish(UploadTerms terms, FilingWish filing) {}

    /** @param policy what the sender may upload */
    Uploader(Parts parts, Principal sender, UploadPolicy policy) {
        this.parts = parts;
        this.sender = sender;
        this.policy = policy;
    }

    /** For whom the sender uploads. */
    OwnerId owner() {
        return sender.owner();
    }

    /** As {@link ImageHost#spool(InputStream, long)} does. */
    SpooledContent spool(InputStream source) throws IOException {
        return parts.host().spool(source, policy.maxFileSize());
    }

    /**
     * A picture that was got by a link and not looked at yet. Whoever asked for it closes its content.
     *
     * @param originalName what the link calls it; empty if it has no name
     */
    record Fetched(String originalName, SpooledContent content) {}

    /**
     * Gets the picture that a text stands for: a link, a {@code data:} URL, or Base64. No links are followed for
     * whoever shares an owner: anybody could then send the service somewhere, and nobody would know who did.
     *
     * @throws FetchException if it can't be got
     * @throws UploadRefusedException if it is empty, too large, or no Base64
     */
    Fetched fetch(String text) throws IOException {
        return fetch(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #fetch(String)} does, for a text of any length, which stays open. */
    Fetched fetch(InputStream text) throws IOException {
        try (LinkedPicture picture = sender.isShared()
                ? parts.linked().openData(text)
                : parts.linked().open(owner(), text)) {
            if (picture.size().orElse(0) > policy.maxFileSize()) {
                throw new ApiException(ApiError.FILE_TOO_LARGE, String.valueOf(policy.maxFileSize()));
            }
            return new Fetched(picture.originalName(), spool(picture.content()));
        }
    }

    /**
     * As {@link ImageHost#findExisting} does; whoever shares an owner has everything looked at, which takes its time.
     */
    ExistingImages findExisting(Collection<Digest> digests) {
        return sender.isShared()
                ? ExistingImages.unknown(owner())
                : parts.host().findExisting(owner(), digests);
    }

    /**
     * As {@link ImageHost#prepare} does.
     *
     * @throws UploadRefusedException also if pictures of this format are not allowed to the sender
     */
    PreparedUpload prepare(ExistingImages existing, String originalName, SpooledContent content, Requester client) {
        PreparedUpload prepared = parts.host().prepare(existing, originalName, content, client);
        policy.check(prepared.descriptor().type());
        return prepared;
    }

    /**
     * How new images are to be shared, and where all are to be put.
     *
     * @param fields what the sender says of it
     * @throws ApiException if it is not legal, if there is no such album, or if the sender may not say anything:
     *     whoever shares an owner would learn from a duplicate what somebody else has said of it
     */
    Wish wish(Map<String, String> fields) {
        if (sender.isShared() && !fields.isEmpty()) {
            throw new ApiException(ApiError.FORBIDDEN);
        }
        return new Wish(
                UploadTerms.sharedAs(parts.sharing().read(fields)),
                parts.filing().read(owner(), fields));
    }

    /**
     * What is told of an upload. A link to delete what was there before is for those alone who may delete it anyway.
     */
    UploadedImage details(Upload upload) {
        Image image = upload.image();
        boolean mayDelete = !upload.duplicate() || sender.may(Scope.DELETE);
        return UploadedImage.of(
                upload,
                parts.links(),
                mayDelete ? parts.links().deleteUrlOf(image, parts.deleteLinks().sign(image)) : null);
    }

    /**
     * As {@link PreparedUpload#finish(UploadTerms)} does; puts the image where it is wanted, besides.
     *
     * @throws QuotaExceededException also if a duplicate would not have fitted if it had been new, which would tell
     * @throws TooManyTagsException if the owner had the image before, with too many other tags
     */
    Finished finish(PreparedUpload prepared, Wish wish) {
        Upload upload = prepared.finish(wish.terms());
        file(upload, wish.filing());
        if (!sender.isShared()) {
            return new Finished(upload, details(upload));
        }
        if (upload.duplicate()) {
            checkRoomForAnother(upload);
        }
        String name = prepared.received().orElseThrow().originalName();
        return new Finished(
                upload, UploadedImage.ofShared(upload, name, parts.clock().instant(), parts.links()));
    }

    /**
     * Puts an image where it is wanted.
     *
     * @throws TooManyTagsException if it has too many other tags
     */
    void file(Upload upload, FilingWish wish) {
        parts.albums().file(owner(), upload.image().id(), wish);
    }

    private void checkRoomForAnother(Upload duplicate) {
        Quota quota = parts.quotas().quota(owner());
        Usage usage = parts.quotas().usage(owner());
        if (!quota.allows(new Usage(
                usage.images() + 1, usage.bytes() + duplicate.image().content().size()))) {
            throw new QuotaExceededException(owner(), quota);
        }
    }
}
