package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.mysql.row.BlobState;
import io.github.imagehost.mysql.row.ClaimRow;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.ImageRows;
import io.github.imagehost.mysql.transaction.DuplicateKeyException;
import io.github.imagehost.mysql.transaction.Transactions;
import io.github.imagehost.mysql.transaction.Transactions.Statements;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that content is stored once, as {@link UploadLedger} says. The table in this package's description shows
 * which statement does what to a blob in which state.
 */
public final class UploadClaims {

    private final Transactions transactions;

    public UploadClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Supposes that the content is new: the first statement reserves it, and all others are needed only if it is not.
     */
    public Claim<UploadRequest, Image> claim(UploadRequest request) {
        String operation = "claim " + request.content().digest() + " for owner "
                + request.owner().value();
        return transactions.untilDecided(
                operation, () -> reserve(operation, request).or(() -> look(operation, request)));
    }

    /** Empty if the content is known, or its filename used. */
    private Optional<Claim<UploadRequest, Image>> reserve(String operation, UploadRequest request) {
        try {
            return transactions.tryToWrite(operation, on -> insertReserved(on, request));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    private static Optional<Claim<UploadRequest, Image>> insertReserved(Statements on, UploadRequest request) {
        GeneratedId id = new GeneratedId();
        return on.blobs().insertReserved(ImageRows.toNewBlob(request), id) == 1
                ? Optional.of(new Claim.Reserved<>(new Reservation<>(id.getId(), request.objectKey(), request)))
                : Optional.empty();
    }

    /** Empty if somebody else was faster. */
    private Optional<Claim<UploadRequest, Image>> look(String operation, UploadRequest request) {
        Optional<ClaimRow> live = transactions.read(operation, on -> selectLive(on, request));
        if (live.isEmpty()) {
            return transactions.read(operation, on -> ifUsed(on, request));
        }
        return answerWithoutWriting(live.get(), request).or(() -> attachOrTakeOver(operation, live.get(), request));
    }

    private static Optional<ClaimRow> selectLive(Statements on, UploadRequest request) {
        return on.blobs().selectLive(request.content().digest(), request.owner().value());
    }

    private static Optional<Claim<UploadRequest, Image>> ifUsed(Statements on, UploadRequest request) {
        return ImageTable.isUsed(on, request.filename()) ? Optional.of(new Claim.KeyUsed<>()) : Optional.empty();
    }

    private static Optional<Claim<UploadRequest, Image>> answerWithoutWriting(ClaimRow blob, UploadRequest request) {
        ImageRows.requireSize(blob, request.content());
        if (blob.missing()) {
            return Optional.empty();
        }
        if (blob.state() == BlobState.STORED) {
            return ImageRows.toImage(blob, request)
                    .map(image -> image.filename().equals(request.filename())
                            ? new Claim.Attached<>(image)
                            : new Claim.Existing<>(image));
        }
        if (blob.objectKey().equals(request.objectKey().value())) {
            return Optional.of(new Claim.Reserved<>(new Reservation<>(blob.blobId(), request.objectKey(), request)));
        }
        return blob.expired() ? Optional.empty() : Optional.of(new Claim.Busy<>());
    }

    /** Attaches or takes over; empty if somebody else was faster. */
    private Optional<Claim<UploadRequest, Image>> attachOrTakeOver(
            String operation, ClaimRow live, UploadRequest request) {
        if (live.missing()) {
            return Optional.of(transactions.write(operation, on -> reclaim(on, live, request)));
        }
        if (live.state() == BlobState.STORED) {
            return transactions.tryToWrite(operation, on -> attach(on, live.blobId(), request));
        }
        return transactions.tryToWrite(operation, on -> takeOver(on, live.blobId(), request));
    }

    /**
     * Busy if somebody may be storing other bytes, from which other metadata was removed; or if somebody else was
     * faster.
     */
    private static Claim<UploadRequest, Image> reclaim(Statements on, ClaimRow missing, UploadRequest request) {
        return on.blobs().reclaimMissing(missing.blobId(), ImageRows.toNewBlob(request)) == 1
                ? new Claim.Reserved<>(new Reservation<>(missing.blobId(), new ObjectKey(missing.objectKey()), request))
                : new Claim.Busy<>();
    }

    private static Optional<Claim<UploadRequest, Image>> attach(Statements on, long blobId, UploadRequest request) {
        // whoever condemns the blob locks it, too, before he looks whether it still has an image
        if (on.blobs().lockStored(List.of(blobId)).isEmpty()) {
            return Optional.empty();
        }
        return ifUsed(on, request)
                .or(() -> Optional.of(
                        new Claim.Attached<>(ImageTable.insert(on, blobId, ImageRows.toNewImage(request)))));
    }

    private static Optional<Claim<UploadRequest, Image>> takeOver(
            Statements on, long expiredId, UploadRequest request) {
        if (on.blobs().condemnExpired(List.of(expiredId)) == 0) {
            return Optional.empty();
        }
        return insertReserved(on, request).or(() -> ifUsed(on, request));
    }

    /** Makes an image of what was stored, as {@link UploadLedger#complete} says. */
    public Optional<Image> complete(Reservation<UploadRequest> reservation) {
        UploadRequest request = reservation.request();
        if (!reservation.objectKey().equals(request.objectKey())) {
            return transactions.write(
                    "complete the missing blob " + reservation.blobId(), on -> completeMissing(on, reservation));
        }
        return transactions.write("complete the reservation " + reservation.blobId(), on -> {
            if (on.blobs().markStored(reservation.blobId()) == 1) {
                return Optional.of(ImageTable.insert(on, reservation.blobId(), ImageRows.toNewImage(request)));
            }
            return ImageTable.find(on, request.filename())
                    .filter(image -> image.owner().equals(request.owner()));
        });
    }

    /** Empty if it is condemned, or if other bytes are to be stored meanwhile. */
    private static Optional<Image> completeMissing(Statements on, Reservation<UploadRequest> reservation) {
        UploadRequest request = reservation.request();
        ImageDescriptor content = request.content();
        if (on.blobs().lockStored(List.of(reservation.blobId())).isEmpty()) {
            return Optional.empty();
        }
        on.blobs().markPresent(reservation.blobId(), content.storedDigest());
        Optional<ClaimRow> blob = selectLive(on, request).filter(live -> !live.missing());
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        Optional<Image> image = ImageRows.toImage(blob.get(), request);
        if (image.isPresent() || ImageTable.isUsed(on, request.filename())) {
            return image;
        }
        return Optional.of(ImageTable.insert(on, reservation.blobId(), ImageRows.toNewImage(request)));
    }
}
