package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
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

/** The two things that uploads at the same time do together: reserving new content, and completing it. */
class UploadBatches {

    private final Batcher<UploadRequest, Optional<Claim<UploadRequest, Image>>> reservations;
    private final Batcher<Reservation<UploadRequest>, Optional<Image>> completions;

    UploadBatches(Transactions transactions) {
        this.reservations = new Batcher<>(transactions, "reserve contents", this::reserve);
        this.completions = new Batcher<>(transactions, "complete reservations", this::complete);
    }

    /** How many came in how many batches, by what they are called. */
    Map<String, BatchCounts> counts() {
        return Map.of("claim", reservations.counts(), "complete", completions.counts());
    }

    /**
     * Reserves new content, alone or with others; empty if it is known.
     *
     * @param lone what is done, as the end of the sentence "Could not …"
     */
    Optional<Claim<UploadRequest, Image>> reserve(String lone, UploadRequest request) {
        return reservations.call(lone, request);
    }

    /**
     * Completes a reservation, alone or with others; empty if it was lost.
     *
     * @param lone what is done, as the end of the sentence "Could not …"
     */
    Optional<Image> complete(String lone, Reservation<UploadRequest> reservation) {
        return completions.call(lone, reservation);
    }

    /**
     * Reserves what is new; empty for what is known. May be repeated: who dies in between leaves reservations that run
     * out, as whoever dies later.
     */
    Optional<List<Optional<Claim<UploadRequest, Image>>>> reserve(
            Transactions transactions, String operation, Supplier<List<UploadRequest>> members) {
        return Optional.of(transactions.writeRepeatably(operation, on -> {
            on.awaitConnection();
            List<UploadRequest> requests = members.get();
            insertReserved(on, requests);
            return reserved(on, requests);
        }));
    }

    /** Of the same content, only the first is new. */
    void insertReserved(Statements on, List<UploadRequest> requests) {
        SortedMap<Digest, NewBlob> blobs = new TreeMap<>();
        requests.forEach(request -> blobs.putIfAbsent(request.content().digest(), ImageRows.toNewBlob(request)));
        UploadStatements.insertReserved(on, List.copyOf(blobs.values()));
    }

    /** In the order of the requests. */
    List<Optional<Claim<UploadRequest, Image>>> reserved(Statements on, List<UploadRequest> requests) {
        List<String> keys = requests.stream().map(UploadRequest::filename).toList();
        Map<String, ReservedRow> rows = UploadStatements.selectReserved(on, keys).stream()
                .collect(Collectors.toMap(ReservedRow::objectKey, row -> row));
        return requests.stream()
                .map(request -> Optional.ofNullable(rows.get(request.filename()))
                        .filter(row -> row.digest().equals(request.content().digest()))
                        .map(row -> reserved(on, row, request)))
                .toList();
    }

    static Claim<UploadRequest, Image> reserved(Statements on, ReservedRow row, UploadRequest request) {
        if (row.nameUsed()) {
            on.blobs().condemnReserved(row.blobId());
            return new Claim.KeyUsed<>();
        }
        return new Claim.Reserved<>(new Reservation<>(row.blobId(), request.objectKey(), request));
    }

    /** Empty if there are several and one of them was lost. */
    Optional<List<Optional<Image>>> complete(
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

    /** Nobody is told of what could still be taken away. */
    static <T> Optional<T> durably(Statements on, Optional<T> found) {
        if (found.isPresent()) {
            on.awaitDurability();
        }
        return found;
    }
}
