package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadLedger;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.mysql.row.BlobState;
import io.github.imagehost.mysql.row.ClaimRow;
import io.github.imagehost.mysql.row.ImageRows;
import io.github.imagehost.mysql.row.NewBlob;
import io.github.imagehost.mysql.row.NewImage;
import io.github.imagehost.mysql.row.ReservedRow;
import io.github.imagehost.mysql.transaction.BatchCounts;
import io.github.imagehost.mysql.transaction.Batcher;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Sees to it that content is stored once, as {@link UploadLedger} says. The table in this package's description shows
 * which statement does what to a blob in which state.
 */
public final class UploadClaims {

    private final Transactions transactions;
    private final Batcher<UploadRequest, Optional<Claim<UploadRequest, Image>>> reservations;
    private final Batcher<Reservation<UploadRequest>, Optional<Image>> completions;

    public UploadClaims(Transactions transactions) {
        this.transactions = transactions;
        this.reservations = new Batcher<>(transactions, "reserve contents", UploadClaims::reserve);
        this.completions = new Batcher<>(transactions, "complete reservations", UploadClaims::completeReserved);
    }

    /** How many claims and completions shared a batch, by what they are called. */
    public Map<String, BatchCounts> batches() {
        return Map.of("claim", reservations.counts(), "complete", completions.counts());
    }

    /**
     * Supposes that the content is new: the first statement reserves it, and all others are needed only if it is not.
     */
    public Claim<UploadRequest, Image> claim(UploadRequest request) {
        String operation = "claim " + request.content().digest() + " for owner "
                + request.owner().value();
        return transactions.untilDecided(
                operation, () -> reservations.call(operation, request).or(() -> look(operation, request)));
    }

    /**
     * Reserves what is new; empty for what is known. May be repeated: who dies in between leaves reservations that run
     * out, as whoever dies later.
     */
    private static Optional<List<Optional<Claim<UploadRequest, Image>>>> reserve(
            Transactions transactions, String operation, Supplier<List<UploadRequest>> members) {
        return Optional.of(transactions.writeRepeatably(operation, on -> {
            on.awaitConnection();
            List<UploadRequest> requests = members.get();
            insertReserved(on, requests);
            return reserved(on, requests);
        }));
    }

    /** Of the same content, only the first is new. */
    private static void insertReserved(Statements on, List<UploadRequest> requests) {
        SortedMap<Digest, NewBlob> blobs = new TreeMap<>();
        requests.forEach(request -> blobs.putIfAbsent(request.content().digest(), ImageRows.toNewBlob(request)));
        UploadStatements.insertReserved(on, List.copyOf(blobs.values()));
    }

    /** In the order of the requests. */
    private static List<Optional<Claim<UploadRequest, Image>>> reserved(Statements on, List<UploadRequest> requests) {
        List<String> keys = requests.stream().map(UploadRequest::filename).toList();
        Map<String, ReservedRow> rows = UploadStatements.selectReserved(on, keys).stream()
                .collect(Collectors.toMap(ReservedRow::objectKey, row -> row));
        return requests.stream()
                .map(request -> Optional.ofNullable(rows.get(request.filename()))
                        .filter(row -> row.digest().equals(request.content().digest()))
                        .map(row -> reserved(on, row, request)))
                .toList();
    }

    private static Claim<UploadRequest, Image> reserved(Statements on, ReservedRow row, UploadRequest request) {
        if (row.nameUsed()) {
            on.blobs().condemnReserved(row.blobId());
            return new Claim.KeyUsed<>();
        }
        return new Claim.Reserved<>(new Reservation<>(row.blobId(), request.objectKey(), request));
    }

    /** Empty if somebody else was faster. */
    private Optional<Claim<UploadRequest, Image>> look(String operation, UploadRequest request) {
        Optional<ClaimRow> live = transactions.read(operation, on -> durably(on, selectLive(on, request)));
        if (live.isEmpty()) {
            return transactions.read(operation, on -> ifUsed(on, request));
        }
        Optional<Image> own = ImageRows.toImage(live.get(), request)
                .filter(image ->
                        image.sharing().isLimited() && !image.filename().equals(request.filename()));
        if (own.isPresent() && needsChange(operation, own.get(), live.get(), request)) {
            return Optional.empty();
        }
        return answerWithoutWriting(live.get(), request).or(() -> attachOrTakeOver(operation, live.get(), request));
    }

    /**
     * An upload is answered with an image that the owner has only if that lasts as long as the upload wants. Whether it
     * did not; now somebody has to look again.
     */
    private boolean needsChange(String operation, Image own, ClaimRow live, UploadRequest request) {
        if (live.ended()) {
            transactions.write(operation, on -> ImageRemovals.removeEnded(on, List.of(own.id())));
            return true;
        }
        if (own.sharing().extendedTo(request.sharing()).equals(own.sharing())) {
            return false;
        }
        transactions.write(operation, on -> ImageChanges.extend(on, own, request.sharing()));
        return true;
    }

    private static <T> Optional<T> durably(Statements on, Optional<T> found) {
        if (found.isPresent()) {
            on.awaitDurability();
        }
        return found;
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
            return transactions.tryToWrite(operation, on -> attach(on, live, request));
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

    private static Optional<Claim<UploadRequest, Image>> attach(Statements on, ClaimRow blob, UploadRequest request) {
        // whoever condemns the blob locks it, too, before he looks whether it still has an image
        if (on.blobs().lockStored(List.of(blob.blobId())).isEmpty()) {
            return Optional.empty();
        }
        NewImage image = ImageRows.toNewImage(request, blob);
        return ifUsed(on, request)
                .or(() -> Optional.of(new Claim.Attached<>(
                        ImageTable.insert(on, List.of(image)).get(0))));
    }

    private static Optional<Claim<UploadRequest, Image>> takeOver(
            Statements on, long expiredId, UploadRequest request) {
        if (on.blobs().condemnExpired(List.of(expiredId)) == 0) {
            return Optional.empty();
        }
        insertReserved(on, List.of(request));
        return reserved(on, List.of(request)).get(0).or(() -> ifUsed(on, request));
    }

    /** Makes an image of what was stored, as {@link UploadLedger#complete} says. */
    public Optional<Image> complete(Reservation<UploadRequest> reservation) {
        UploadRequest request = reservation.request();
        if (!reservation.objectKey().equals(request.objectKey())) {
            return transactions.write(
                    "complete the missing blob " + reservation.blobId(), on -> completeMissing(on, reservation));
        }
        return completions.call("complete the reservation " + reservation.blobId(), reservation);
    }

    /** Empty if there are several and one of them was lost. */
    private static Optional<List<Optional<Image>>> completeReserved(
            Transactions transactions, String operation, Supplier<List<Reservation<UploadRequest>>> members) {
        return transactions.tryToWrite(operation, on -> {
            on.awaitConnection();
            List<Reservation<UploadRequest>> reservations = members.get();
            List<NewImage> images = reservations.stream()
                    .map(ImageRows::toNewImage)
                    .sorted(Comparator.comparingLong(NewImage::blobId))
                    .toList();
            int stored = UploadStatements.markStored(
                    on, images.stream().map(NewImage::blobId).toList());
            if (stored == reservations.size()) {
                return Optional.of(inOrder(reservations, ImageTable.insert(on, images)));
            }
            return reservations.size() > 1
                    ? Optional.empty()
                    : Optional.of(
                            List.of(completedBefore(on, reservations.get(0).request())));
        });
    }

    private static List<Optional<Image>> inOrder(List<Reservation<UploadRequest>> reservations, List<Image> images) {
        Map<String, Image> byFilename = images.stream().collect(Collectors.toMap(Image::filename, image -> image));
        return reservations.stream()
                .map(reservation ->
                        Optional.ofNullable(byFilename.get(reservation.request().filename())))
                .toList();
    }

    private static Optional<Image> completedBefore(Statements on, UploadRequest request) {
        return durably(
                on,
                ImageTable.find(on, request.filename())
                        .filter(image -> image.owner().equals(request.owner())));
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
        NewImage added = ImageRows.toNewImage(request, blob.get());
        return Optional.of(ImageTable.insert(on, List.of(added)).get(0));
    }
}
