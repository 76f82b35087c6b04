package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.repository.administration.FurtherName;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.row.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Converts between rows and the model. */
public final class ImageRows {

    private ImageRows() {}

    public static Image toImage(ImageRow row) {
        return new Image(
                row.id(),
                new OwnerId(row.ownerId()),
                row.filename(),
                row.originalName(),
                new ImageDescriptor(
                        row.digest(),
                        row.size(),
                        toType(row.mimeType()),
                        row.width(),
                        row.height(),
                        row.storedDigest(),
                        row.storedSize()),
                new ObjectKey(row.objectKey()),
                row.uploadedAt(),
                row.updatedAt(),
                toSharing(row.visibility(), row.expiresAt(), row.viewsLeft(), row.linkEpoch()));
    }

    /** The image that the requesting owner has of the live blob already, if any. */
    public static Optional<Image> toImage(ClaimRow row, UploadRequest request) {
        return toImage(row, request.owner(), request.content().digest());
    }

    public static Optional<Image> toImage(ClaimRow row, OwnerId owner, Digest digest) {
        if (row.imageId() == null) {
            return Optional.empty();
        }
        return Optional.of(new Image(
                row.imageId(),
                owner,
                Objects.requireNonNull(row.filename()),
                Objects.requireNonNull(row.originalName()),
                new ImageDescriptor(
                        digest,
                        row.size(),
                        toType(row.mimeType()),
                        row.width(),
                        row.height(),
                        row.storedDigest(),
                        row.storedSize()),
                new ObjectKey(row.objectKey()),
                Objects.requireNonNull(row.uploadedAt()),
                Objects.requireNonNull(row.updatedAt()),
                toSharing(
                        Objects.requireNonNull(row.visibility()),
                        row.expiresAt(),
                        row.viewsLeft(),
                        Objects.requireNonNull(row.linkEpoch()))));
    }

    private static Sharing toSharing(
            String visibility, @Nullable Instant expiresAt, @Nullable Long viewsLeft, long linkEpoch) {
        return new Sharing(
                Visibility.valueOf(visibility),
                Optional.ofNullable(expiresAt),
                viewsLeft == null ? OptionalLong.empty() : OptionalLong.of(viewsLeft),
                linkEpoch);
    }

    /** The same digest with two sizes means that one of the two is corrupt. */
    public static void requireSize(ClaimRow blob, ImageDescriptor content) {
        if (blob.size() != content.size()) {
            throw new RepositoryException(
                    content.digest() + " is known with " + blob.size() + " bytes, but now it has " + content.size());
        }
    }

    public static FurtherName toFurtherName(FurtherNameRow row) {
        return new FurtherName(
                new OwnerId(row.ownerId()),
                row.imageId(),
                row.filename(),
                Optional.ofNullable(row.formerId()),
                new ObjectKey(row.objectKey()),
                row.storedDigest(),
                row.storedSize());
    }

    public static CondemnedBlob toCondemnedBlob(CondemnedRow row) {
        return new CondemnedBlob(row.blobId(), new ObjectKey(row.objectKey()), row.settled());
    }

    public static NewBlob toNewBlob(UploadRequest request) {
        ImageDescriptor content = request.content();
        Duration lease = request.lease().duration();
        return new NewBlob(
                content.digest(),
                content.size(),
                content.storedDigest(),
                content.storedSize(),
                content.type().mimeType(),
                content.width(),
                content.height(),
                request.objectKey().value(),
                Columns.toMicros(lease),
                Columns.toMicros(lease.plus(request.lease().quarantine())));
    }

    /**
     * Of what somebody else has uploaded before.
     *
     * @param blob whose size and type lists are sorted by
     */
    public static NewImage toNewImage(UploadRequest request, ClaimRow blob) {
        return toNewImage(request, blob.blobId(), blob.size(), blob.mimeType());
    }

    /** Of the blob that was reserved for this request. */
    public static NewImage toNewImage(Reservation<UploadRequest> reservation) {
        ImageDescriptor content = reservation.request().content();
        return toNewImage(
                reservation.request(),
                reservation.blobId(),
                content.size(),
                content.type().mimeType());
    }

    private static NewImage toNewImage(UploadRequest request, long blobId, long fileSize, String mimeType) {
        Instant uploadedAt = request.uploadedAt().orElse(null);
        return new NewImage(
                null,
                request.owner().value(),
                blobId,
                request.filename(),
                request.originalName(),
                fileSize,
                mimeType,
                uploadedAt,
                uploadedAt,
                request.sharing());
    }

    /** Of an image that is adopted with the type of its blob. */
    public static NewImage toNewImage(AdoptionRequest request, long blobId, String mimeType) {
        return toNewImage(request, request.id().orElse(null), request.owner().value(), blobId, mimeType);
    }

    /**
     * The same with another id and owner.
     *
     * @param id null for a fresh one
     */
    public static NewImage toNewImage(
            AdoptionRequest request, @Nullable Long id, long ownerId, long blobId, String mimeType) {
        return new NewImage(
                id,
                ownerId,
                blobId,
                request.filename(),
                request.originalName(),
                request.content().size(),
                mimeType,
                request.uploadedAt(),
                request.updatedAt(),
                request.sharing());
    }

    public static BlobEntry toBlobEntry(BlobRow row) {
        State state = switch (row.state()) {
            case RESERVED -> State.RESERVED;
            case STORED -> row.missing() ? State.MISSING : State.STORED;
            case CONDEMNED -> State.CONDEMNED;
        };
        return new BlobEntry(
                row.id(),
                new ObjectKey(row.objectKey()),
                state,
                row.sourceId() != null,
                row.storedDigest(),
                row.storedSize(),
                toType(row.mimeType()),
                row.quarantineEnd());
    }

    public static Variant toVariant(VariantRow row) {
        return new Variant(
                new ObjectKey(row.objectKey()), toType(row.mimeType()), row.storedDigest(), row.storedSize());
    }

    public static NewVariant toNewVariant(long sourceId, VariantRequest request) {
        Duration lease = request.lease().duration();
        return new NewVariant(
                sourceId,
                request.identity(),
                request.type().mimeType(),
                request.objectKey().value(),
                Columns.toMicros(lease),
                Columns.toMicros(lease.plus(request.lease().quarantine())));
    }

    private static ImageType toType(String mimeType) {
        return ImageType.ofMimeType(mimeType)
                .orElseThrow(() -> new RepositoryException("The database holds the unknown type " + mimeType));
    }
}
