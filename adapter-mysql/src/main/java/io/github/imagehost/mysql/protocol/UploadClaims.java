package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.mysql.row.image.BlobState;
import io.github.imagehost.mysql.row.image.ClaimRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.transaction.BatchCounts;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that content is stored once, as {@link UploadLedger} says. The table in this package's description shows
 * which statement does what to a blob in which state.
 */
public final class UploadClaims {

    private final Transactions transactions;
    private final UploadBatches batches;

    public UploadClaims(Transactions transactions) {
        this(transactions, new UploadBatches(transactions));
    }

    UploadClaims(Transactions transactions, UploadBatches batches) {
        this.transactions = transactions;
        this.batches = batches;
    }

    /** How many claims and completions shared a batch, by the name of the operation. */
    public Map<String, BatchCounts> batchCounts() {
        return batches.counts();
    }

    /** Assumes that the content is new: two statements reserve it, and all others are needed only if it is not. */
    public Claim<UploadRequest, Image> claim(UploadRequest request) {
        String operation = "claim " + request.content().digest() + " for owner "
                + request.owner().value();
        return transactions.untilDecided(
                operation, () -> batches.reserve(operation, request).or(() -> look(operation, request)));
    }

    /** Empty if the claim has to start again. */
    private Optional<Claim<UploadRequest, Image>> look(String operation, UploadRequest request) {
        Optional<ClaimRow> live =
                transactions.read(operation, on -> UploadBatches.durably(on, selectLive(on, request)));
        if (live.isEmpty()) {
            return transactions.read(operation, on -> keyUsedIfTaken(on, request));
        }
        ImageRows.requireSize(live.get(), request.content());
        Optional<Image> own = ImageRows.toImage(live.get(), request);
        if (own.isPresent() && endOrExtend(operation, own.get(), live.get(), request)) {
            return Optional.empty();
        }
        return answerWithoutWriting(live.get(), request).or(() -> attachOrTakeOver(operation, live.get(), request));
    }

    /**
     * Removes an image of the owner that has ended, or extends one that does not last as long as this upload wants.
     *
     * @return whether it tried to, so that the claim has to start again
     */
    private boolean endOrExtend(String operation, Image own, ClaimRow live, UploadRequest request) {
        if (live.ended()) {
            transactions.write(operation, on -> ImageRemovals.removeEnded(on, List.of(own.id())));
            return true;
        }
        // an image that an earlier try has made stays as its owner has changed it since
        boolean isEarlierTry = own.filename().equals(request.filename());
        if (isEarlierTry || own.sharing().extendedTo(request.sharing()).equals(own.sharing())) {
            return false;
        }
        transactions.write(operation, on -> ImageChanges.extend(on, own, request.sharing()));
        return true;
    }

    private static Optional<ClaimRow> selectLive(Statements on, UploadRequest request) {
        return on.blobs().selectLive(request.content().digest(), request.owner().value());
    }

    private static Optional<Claim<UploadRequest, Image>> keyUsedIfTaken(Statements on, UploadRequest request) {
        return ImageTable.isUsed(on, request.filename()) ? Optional.of(new Claim.KeyUsed<>()) : Optional.empty();
    }

    private static Optional<Claim<UploadRequest, Image>> answerWithoutWriting(ClaimRow blob, UploadRequest request) {
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
            return Optional.of(
                    new Claim.Reserved<>(new Reservation<>(blob.blobId(), request.objectKey(), false, request)));
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
            return transactions.writeUnlessEmpty(operation, on -> attach(on, live, request));
        }
        return transactions.writeUnlessEmpty(operation, on -> takeOver(on, live.blobId(), request));
    }

    /**
     * Busy if somebody may be storing other bytes, from which other metadata was removed; or if somebody else was
     * faster.
     */
    private static Claim<UploadRequest, Image> reclaim(Statements on, ClaimRow missing, UploadRequest request) {
        return on.blobs().reclaimMissing(missing.blobId(), ImageRows.toNewBlob(request)) == 1
                ? new Claim.Reserved<>(
                        new Reservation<>(missing.blobId(), new ObjectKey(missing.objectKey()), true, request))
                : new Claim.Busy<>();
    }

    private static Optional<Claim<UploadRequest, Image>> attach(Statements on, ClaimRow blob, UploadRequest request) {
        // a transaction that condemns the blob writes it, too, before it looks whether images are left
        if (on.blobs().checkStored(List.of(blob.blobId())) == 0) {
            return Optional.empty();
        }
        NewImage image = ImageRows.toNewImage(request, blob);
        return keyUsedIfTaken(on, request)
                .or(() -> Optional.of(new Claim.Attached<>(
                        ImageTable.insert(on, List.of(image)).get(0))));
    }

    private Optional<Claim<UploadRequest, Image>> takeOver(Statements on, long expiredId, UploadRequest request) {
        if (on.blobs().condemnExpired(List.of(expiredId)) == 0) {
            return Optional.empty();
        }
        batches.insertReserved(on, List.of(request));
        return batches.answersOf(on, List.of(request)).get(0).or(() -> keyUsedIfTaken(on, request));
    }

    /** Makes an image of what was stored, as {@link UploadLedger#complete} says. */
    public Optional<Image> complete(Reservation<UploadRequest> reservation) {
        if (reservation.missing()) {
            return transactions.write(
                    "complete the missing blob " + reservation.blobId(), on -> completeMissing(on, reservation));
        }
        return batches.complete("complete the reservation " + reservation.blobId(), reservation);
    }

    /**
     * Empty if it is condemned, if other bytes are to be stored meanwhile, if the owner's image has ended, or if an
     * earlier try made an image that was deleted meanwhile.
     */
    private static Optional<Image> completeMissing(Statements on, Reservation<UploadRequest> reservation) {
        UploadRequest request = reservation.request();
        ImageDescriptor content = request.content();
        // counts up also if others have completed it: this transaction has to write the row
        if (on.blobs().checkStored(List.of(reservation.blobId())) == 0) {
            return Optional.empty();
        }
        on.blobs().completeMissing(reservation.blobId(), content.storedDigest());
        Optional<ClaimRow> blob = selectLive(on, request).filter(live -> !live.missing() && !live.ended());
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        Optional<Image> image = ImageRows.toImage(blob.get(), request);
        if (image.isPresent() || ImageTable.isUsed(on, request.filename())) {
            return image;
        }
        NewImage added = ImageRows.toNewImage(request, blob.get());
        return Optional.of(ImageTable.insert(on, List.of(added)).get(0));
    }
}
