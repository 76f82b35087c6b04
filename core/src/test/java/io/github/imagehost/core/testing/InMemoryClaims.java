package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.repository.VariantRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is stored once. What decides a race is overridable, so that a test can plant a mistake. */
abstract class InMemoryClaims extends InMemoryRows implements UploadLedger, VariantLedger {

    InMemoryClaims(Clock clock) {
        super(clock);
    }

    @Override
    public synchronized Claim<UploadRequest, Image> claim(UploadRequest request) {
        requireOpen();
        Blob known = blobToUse(request.content().digest());
        if (known != null) {
            requireSize(known, request.content());
        }
        endOrExtend(request);
        Blob blob = blobToUse(request.content().digest());
        if (blob != null && isMissing(blob)) {
            return reclaim(blob, request);
        }
        if (blob != null && isStored(blob)) {
            return imageOf(blob, request.owner())
                    .<Claim<UploadRequest, Image>>map(image -> image.filename().equals(request.filename())
                            ? new Claim.Attached<>(image)
                            : new Claim.Existing<>(image))
                    .orElseGet(() -> attach(blob, request));
        }
        if (blob != null && blob.key.equals(request.objectKey())) {
            return new Claim.Reserved<>(new Reservation<>(blob.id, blob.key, false, request));
        }
        if (isBusy(request)) {
            return new Claim.Busy<>();
        }
        if (blob != null) {
            condemn(blob);
        }
        return isUsed(request.filename()) ? new Claim.KeyUsed<>() : new Claim.Reserved<>(reserve(request));
    }

    /** What the owner has lasts as long as the request wants, or is gone. */
    private void endOrExtend(UploadRequest request) {
        imageOf(request.owner(), request.content().digest()).ifPresent(image -> {
            if (hasEnded(image)) {
                removeEnded(image);
            } else if (!image.filename().equals(request.filename())) {
                replace(image.sharing(extended(image.sharing(), request.sharing())));
            }
        });
    }

    /** How an image is shared that is uploaded once more. */
    protected Sharing extended(Sharing sharing, Sharing wanted) {
        return sharing.extendedTo(wanted);
    }

    /** Removes an image, and condemns what nobody needs any more. */
    abstract void removeEnded(Image image);

    /** The blob that an upload of this content goes by: the live one. */
    protected @Nullable Blob blobToUse(Digest digest) {
        return liveBlob(digest);
    }

    /** Whether the object of this blob is noted as missing. */
    protected boolean isMissing(Blob blob) {
        return blob.missing;
    }

    private Claim<UploadRequest, Image> reclaim(Blob blob, UploadRequest request) {
        if (!isReclaimable(blob, request)) {
            return new Claim.Busy<>();
        }
        blob.content = request.content();
        Instant end =
                now().plus(request.lease().duration()).plus(request.lease().quarantine());
        blob.quarantineEnd = endAfterReclaim(blob.quarantineEnd, end);
        images.replaceAll((id, stored) ->
                stored.blob() == blob ? new StoredImage(withContent(stored.image(), blob.content), blob) : stored);
        return new Claim.Reserved<>(new Reservation<>(blob.id, blob.key, true, request));
    }

    /** Whether nobody may be storing other bytes. */
    private boolean isReclaimable(Blob blob, UploadRequest request) {
        return isSettled(blob) || isToHold(blob, request);
    }

    /** Whether the object of this blob is to have the bytes that are requested, and not others of the same picture. */
    protected boolean isToHold(Blob blob, UploadRequest request) {
        return blob.content.storedDigest().equals(request.content().storedDigest());
    }

    /**
     * When the quarantine of a missing blob ends that somebody brings back: later than before, so that whoever saw the
     * old end sees that something has happened.
     */
    protected Instant endAfterReclaim(Instant oldEnd, Instant endOfRequest) {
        return endOfRequest.isAfter(oldEnd) ? endOfRequest : oldEnd.plusMillis(1);
    }

    private static Image withContent(Image image, ImageDescriptor content) {
        return new Image(
                image.id(),
                image.owner(),
                image.filename(),
                image.originalName(),
                content,
                image.objectKey(),
                image.uploadedAt(),
                image.updatedAt(),
                image.sharing());
    }

    private Claim<UploadRequest, Image> attach(Blob blob, UploadRequest request) {
        if (isUsed(request.filename())) {
            return new Claim.KeyUsed<>();
        }
        requireQuota(request.owner(), request.content());
        return new Claim.Attached<>(insertImage(blob, request));
    }

    /** Whether a claim would be answered with {@link Claim.Busy} now. */
    public final synchronized boolean isBusy(UploadRequest request) {
        Blob blob = blobToUse(request.content().digest());
        return (blob != null && isMissing(blob) && !isReclaimable(blob, request))
                || isBusy(request.content().digest(), request.objectKey());
    }

    /** Whether a claim would be answered with {@link Claim.Busy} now. */
    public final synchronized boolean isBusy(VariantRequest request) {
        return isBusy(request.identity(), request.objectKey());
    }

    private boolean isBusy(Digest digest, ObjectKey ownKey) {
        Blob blob = blobToUse(digest);
        return blob != null
                && blob.state == BlobState.RESERVED
                && !blob.key.equals(ownKey)
                && blob.leaseEnd.isAfter(now());
    }

    /** Makes a reservation, whatever other blobs there are. */
    protected final synchronized Reservation<UploadRequest> reserve(UploadRequest request) {
        reservedKeys.add(request.objectKey().value());
        Instant leaseEnd = now().plus(request.lease().duration());
        Blob reserved = new Blob(
                ++lastId,
                request.content(),
                request.objectKey(),
                leaseEnd,
                leaseEnd.plus(request.lease().quarantine()));
        blobs.put(reserved.id, reserved);
        return new Reservation<>(reserved.id, reserved.key, false, request);
    }

    /** Whether an image may point to this blob. */
    protected boolean isStored(Blob blob) {
        return blob.state == BlobState.STORED;
    }

    @Override
    public synchronized Optional<Image> complete(Reservation<UploadRequest> reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob == null || isCondemned(blob)) {
            return Optional.empty();
        }
        if (isOfMissing(reservation)) {
            return completeMissing(blob, reservation.request());
        }
        if (blob.state == BlobState.STORED) {
            return imageOf(blob, reservation.request().owner())
                    .filter(image ->
                            image.filename().equals(reservation.request().filename()))
                    .filter(image -> !hasEnded(image));
        }
        requireQuota(reservation.request().owner(), blob.content);
        blob.state = BlobState.STORED;
        return Optional.of(insertImage(blob, reservation.request()));
    }

    /** Whether whoever has this reservation brings back what was missing. */
    protected boolean isOfMissing(Reservation<UploadRequest> reservation) {
        return reservation.missing();
    }

    private Optional<Image> completeMissing(Blob blob, UploadRequest request) {
        if (blob.missing && !isToHold(blob, request)) {
            return Optional.empty();
        }
        Optional<Image> image = imageOf(blob, request.owner());
        boolean isNew = image.isEmpty() && !isUsed(request.filename());
        if (isNew) {
            requireQuota(request.owner(), blob.content);
        }
        blob.missing = false;
        return isNew ? Optional.of(insertImage(blob, request)) : image.filter(own -> !hasEnded(own));
    }

    /** Whether a blob can't be completed any more. */
    protected boolean isCondemned(Blob blob) {
        return blob.state == BlobState.CONDEMNED;
    }

    /** Makes an image of this blob, whatever others there are. */
    protected final synchronized Image insertImage(Blob blob, UploadRequest request) {
        Instant uploadedAt = request.uploadedAt().orElseGet(this::now);
        Image image = new Image(
                ++lastId,
                request.owner(),
                request.filename(),
                request.originalName(),
                blob.content,
                blob.key,
                uploadedAt,
                uploadedAt,
                request.sharing());
        insert(new StoredImage(image, blob));
        return image;
    }

    @Override
    public synchronized boolean isLost(ObjectKey key) {
        requireOpen();
        return blobs.values().stream().noneMatch(blob -> blob.key.equals(key) && blob.state != BlobState.CONDEMNED);
    }

    @Override
    public synchronized void abandon(Reservation<?> reservation) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob != null && blob.state == BlobState.RESERVED) {
            condemn(blob);
        }
    }

    @Override
    public synchronized Claim<VariantRequest, Variant> claimVariant(VariantRequest request) {
        requireOpen();
        Blob blob = blobToUse(request.identity());
        if (blob != null && blob.state == BlobState.STORED) {
            return new Claim.Existing<>(blob.variant.orElseThrow());
        }
        if (blob != null && blob.key.equals(request.objectKey())) {
            return new Claim.Reserved<>(new Reservation<>(blob.id, blob.key, false, request));
        }
        if (isBusy(request)) {
            return new Claim.Busy<>();
        }
        if (!isStored(request.source())) {
            return new Claim.SourceGone<>();
        }
        if (blob != null) {
            condemn(blob);
        }
        return isUsed(request.objectKey().value()) ? new Claim.KeyUsed<>() : new Claim.Reserved<>(reserve(request));
    }

    /** Whether something may be derived from the blob with this key. */
    protected boolean isStored(ObjectKey source) {
        return blobs.values().stream().anyMatch(blob -> blob.key.equals(source) && blob.state == BlobState.STORED);
    }

    /** Makes a reservation, whatever other blobs there are. */
    protected final synchronized Reservation<VariantRequest> reserve(VariantRequest request) {
        reservedKeys.add(request.objectKey().value());
        Instant leaseEnd = now().plus(request.lease().duration());
        ImageDescriptor unknownYet = new ImageDescriptor(request.identity(), 1, request.type(), 1, 1);
        Blob reserved = new Blob(
                ++lastId,
                unknownYet,
                request.objectKey(),
                leaseEnd,
                leaseEnd.plus(request.lease().quarantine()));
        reserved.source = Optional.of(request.source());
        blobs.put(reserved.id, reserved);
        return new Reservation<>(reserved.id, reserved.key, false, request);
    }

    @Override
    public synchronized boolean completeVariant(Reservation<VariantRequest> reservation, Digest digest, long size) {
        requireOpen();
        Blob blob = blobs.get(reservation.blobId());
        if (blob == null || isCondemned(blob)) {
            return false;
        }
        blob.state = BlobState.STORED;
        blob.variant = Optional.of(new Variant(blob.key, reservation.request().type(), digest, size));
        return true;
    }
}
