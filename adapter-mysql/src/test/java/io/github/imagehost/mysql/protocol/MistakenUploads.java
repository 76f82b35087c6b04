package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.row.image.ReservedRow;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Uploads whose batches somebody wrote who did not think of everything. */
public enum MistakenUploads {
    RESERVATIONS_BY_POSITION("each gets the reserved row at its place"),
    RESERVATIONS_BY_DIGEST("two of a digest both get what one of them has reserved"),
    IMAGES_BY_POSITION("each gets the image at its place"),
    NOT_COUNTED("some are completed, and all are told so"),
    COUNTED_ONCE("one image is counted for a batch"),
    LEADER_ALONE_TOLD("only the leader learns that nobody knows the outcome"),
    ALONE_AFTER_COMMIT("each goes alone after a batch that may have been committed");

    private final String mistake;

    MistakenUploads(String mistake) {
        this.mistake = mistake;
    }

    /** Those uploads. */
    public UploadClaims on(Transactions transactions) {
        return new UploadClaims(transactions, batches(transactions));
    }

    private UploadBatches batches(Transactions transactions) {
        return switch (this) {
            case RESERVATIONS_BY_POSITION -> new ReservingByPosition(transactions);
            case RESERVATIONS_BY_DIGEST -> new ReservingByDigest(transactions);
            case IMAGES_BY_POSITION -> new CompletingByPosition(transactions);
            case NOT_COUNTED -> new CompletingSome(transactions);
            case COUNTED_ONCE -> new CountingOnce(transactions);
            case LEADER_ALONE_TOLD -> new TellingTheLeaderAlone(transactions);
            case ALONE_AFTER_COMMIT -> new GoingAloneAfterCommit(transactions);
        };
    }

    @Override
    public String toString() {
        return mistake;
    }

    private static final class ReservingByPosition extends UploadBatches {

        ReservingByPosition(Transactions transactions) {
            super(transactions);
        }

        /** A database may answer in any order. */
        @Override
        List<Optional<Claim<UploadRequest, Image>>> answersOf(Statements on, List<UploadRequest> requests) {
            List<String> keys = requests.stream().map(UploadRequest::filename).toList();
            List<ReservedRow> rows = UploadStatements.selectReserved(on, keys).stream()
                    .sorted(Comparator.comparing(ReservedRow::objectKey).reversed())
                    .toList();
            return IntStream.range(0, requests.size())
                    .mapToObj(i -> i < rows.size()
                            ? Optional.of(answerOf(on, rows.get(i), requests.get(i)))
                            : Optional.<Claim<UploadRequest, Image>>empty())
                    .toList();
        }
    }

    private static final class ReservingByDigest extends UploadBatches {

        ReservingByDigest(Transactions transactions) {
            super(transactions);
        }

        @Override
        List<Optional<Claim<UploadRequest, Image>>> answersOf(Statements on, List<UploadRequest> requests) {
            List<String> keys = requests.stream().map(UploadRequest::filename).toList();
            Map<Digest, ReservedRow> rows = UploadStatements.selectReserved(on, keys).stream()
                    .collect(Collectors.toMap(ReservedRow::digest, row -> row));
            return requests.stream()
                    .map(request -> Optional.ofNullable(
                                    rows.get(request.content().digest()))
                            .map(row -> answerOf(on, row, request)))
                    .toList();
        }
    }

    private static final class CompletingByPosition extends UploadBatches {

        CompletingByPosition(Transactions transactions) {
            super(transactions);
        }

        @Override
        List<Optional<Image>> inOrder(List<Reservation<UploadRequest>> reservations, List<Image> images) {
            return images.stream().map(Optional::of).toList();
        }
    }

    private static final class CompletingSome extends UploadBatches {

        CompletingSome(Transactions transactions) {
            super(transactions);
        }

        @Override
        boolean isWhole(int stored, int members) {
            return stored > 0;
        }
    }

    private static final class CountingOnce extends UploadBatches {

        CountingOnce(Transactions transactions) {
            super(transactions);
        }

        @Override
        List<Image> insertImages(Statements on, List<NewImage> images) {
            List<Image> inserted = super.insertImages(on, images);
            inserted.stream()
                    .skip(1)
                    .forEach(image -> ImageRanges.subtract(
                            on,
                            image.owner().value(),
                            Map.of(image.id(), image.content().size())));
            return inserted;
        }
    }

    private static final class TellingTheLeaderAlone extends UploadBatches {

        private final Transactions transactions;
        private final ThreadLocal<Boolean> leads = ThreadLocal.withInitial(() -> false);

        TellingTheLeaderAlone(Transactions transactions) {
            super(transactions);
            this.transactions = transactions;
        }

        @Override
        Optional<List<Optional<Image>>> completeTogether(
                Transactions on, String operation, Supplier<List<Reservation<UploadRequest>>> members) {
            leads.set(true);
            return super.completeTogether(on, operation, members);
        }

        @Override
        Optional<Image> complete(String operationIfAlone, Reservation<UploadRequest> reservation) {
            try {
                return super.complete(operationIfAlone, reservation);
            } catch (CommitStateUnknownException e) {
                if (leads.get()) {
                    throw e;
                }
                return super.completeTogether(transactions, operationIfAlone, () -> List.of(reservation))
                        .orElseThrow()
                        .get(0);
            }
        }
    }

    private static final class GoingAloneAfterCommit extends UploadBatches {

        GoingAloneAfterCommit(Transactions transactions) {
            super(transactions);
        }

        @Override
        Optional<List<Optional<Image>>> completeTogether(
                Transactions on, String operation, Supplier<List<Reservation<UploadRequest>>> members) {
            List<Reservation<UploadRequest>> asked = new ArrayList<>();
            try {
                return super.completeTogether(on, operation, () -> {
                    asked.clear();
                    asked.addAll(members.get());
                    return List.copyOf(asked);
                });
            } catch (CommitStateUnknownException e) {
                if (asked.size() > 1) {
                    return Optional.empty();
                }
                throw e;
            }
        }
    }
}
