package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.NewBlob;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.row.image.ReservedRow;
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
 * The two things that uploads at the same time do together: reserving new content, and completing it. Some of its
 * methods are there only because a test plants a mistake by overriding them.
 */
class UploadBatches {

    private final Batcher<UploadRequest, Optional<Claim<UploadRequest, Image>>> reservations;
    private final Batcher<Reservation<UploadRequest>, Optional<Image>> completions;

    UploadBatches(Transactions transactions) {
        this.reservations = new Batcher<>(transactions, "reserve contents", this::reserveTogether);
        this.completions = new Batcher<>(transactions, "complete reservations", this::completeTogether);
    }

    /** How many came in how many batches, by the name of the operation. */
    Map<String, BatchCounts> counts() {
        return Map.of("claim", reservations.counts(), "complete", completions.counts());
    }

    /**
     * Reserves new content, alone or with others; empty if it, or its key, is known.
     *
     * @param operationIfAlone what is done, as the end of the sentence "Could not …"
     */
    Optional<Claim<UploadRequest, Image>> reserve(String operationIfAlone, UploadRequest request) {
        return reservations.call(operationIfAlone, request);
    }

    /**
     * Completes a reservation, alone or with others; empty if it was lost, or its image deleted since it was completed.
     *
     * @param operationIfAlone what is done, as the end of the sentence "Could not …"
     */
    Optional<Image> complete(String operationIfAlone, Reservation<UploadRequest> reservation) {
        return completions.call(operationIfAlone, reservation);
    }

    /**
     * Reserves what is new; empty for what is known. May be repeated: a process that dies in between leaves
     * reservations that run out, just like an upload that dies after its claim.
     */
    Optional<List<Optional<Claim<UploadRequest, Image>>>> reserveTogether(
            Transactions transactions, String operation, Supplier<List<UploadRequest>> members) {
        return Optional.of(transactions.writeRepeatably(operation, on -> {
            on.awaitConnection();
            List<UploadRequest> requests = members.get();
            insertReserved(on, requests);
            return answersOf(on, requests);
        }));
    }

    /** Of the same content, only the first is new. */
    void insertReserved(Statements on, List<UploadRequest> requests) {
        SortedMap<Digest, NewBlob> blobs = new TreeMap<>();
        requests.forEach(request -> blobs.putIfAbsent(request.content().digest(), ImageRows.toNewBlob(request)));
        UploadStatements.insertReserved(on, List.copyOf(blobs.values()));
    }

    /** Tells which of these requests have reserved something, in their order. */
    List<Optional<Claim<UploadRequest, Image>>> answersOf(Statements on, List<UploadRequest> requests) {
        List<String> keys = requests.stream().map(UploadRequest::filename).toList();
        Map<String, ReservedRow> rows = UploadStatements.selectReserved(on, keys).stream()
                .collect(Collectors.toMap(ReservedRow::objectKey, row -> row));
        return requests.stream()
                .map(request -> Optional.ofNullable(rows.get(request.filename()))
                        .filter(row -> row.digest().equals(request.content().digest()))
                        .map(row -> answerOf(on, row, request)))
                .toList();
    }

    /** The reservation; condemned if an earlier try made an image with this name, which was deleted. */
    static Claim<UploadRequest, Image> answerOf(Statements on, ReservedRow row, UploadRequest request) {
        if (row.nameUsed()) {
            on.blobs().condemnReserved(row.blobId());
            return new Claim.KeyUsed<>();
        }
        return new Claim.Reserved<>(new Reservation<>(row.blobId(), request.objectKey(), false, request));
    }

    /** Empty if there are several and one of them is not reserved any more: it was lost, or completed before. */
    Optional<List<Optional<Image>>> completeTogether(
            Transactions transactions, String operation, Supplier<List<Reservation<UploadRequest>>> members) {
        return transactions.writeUnlessEmpty(operation, on -> {
            on.awaitConnection();
            List<Reservation<UploadRequest>> reservations = members.get();
            List<NewImage> images = reservations.stream()
                    .map(ImageRows::toNewImage)
                    .sorted(Comparator.comparingLong(NewImage::blobId))
                    .toList();
            int stored = UploadStatements.markStored(
                    on, images.stream().map(NewImage::blobId).toList());
            if (isWhole(stored, reservations.size())) {
                return Optional.of(inOrder(reservations, insertImages(on, images)));
            }
            return reservations.size() > 1
                    ? Optional.empty()
                    : Optional.of(
                            List.of(completedBefore(on, reservations.get(0).request())));
        });
    }

    /** Whether all of a batch can be done together. */
    boolean isWhole(int stored, int members) {
        return stored == members;
    }

    List<Image> insertImages(Statements on, List<NewImage> images) {
        return ImageTable.insert(on, images);
    }

    /** In the order of the reservations. */
    List<Optional<Image>> inOrder(List<Reservation<UploadRequest>> reservations, List<Image> images) {
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

    /** Nobody is told of what a crash could still undo, as is possible on H2. */
    static <T> Optional<T> durably(Statements on, Optional<T> found) {
        if (found.isPresent()) {
            on.awaitDurability();
        }
        return found;
    }
}
