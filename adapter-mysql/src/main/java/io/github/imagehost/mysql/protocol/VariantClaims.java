package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.VariantLedger;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.image.BlobRow;
import io.github.imagehost.mysql.row.image.BlobState;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.VariantRow;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.List;
import java.util.Optional;

/** Sees to it that a variant is made once, as {@link VariantLedger} says. */
public final class VariantClaims {

    private final Transactions transactions;

    public VariantClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Looks first: most variants that somebody asks for are there. */
    public Claim<VariantRequest, Variant> claim(VariantRequest request) {
        String operation = "claim the variant " + request.objectKey();
        return transactions.untilDecided(operation, () -> {
            Optional<VariantRow> live = transactions.read(operation, on -> {
                Optional<VariantRow> found = on.blobs().selectVariant(request.identity());
                // what is put under a key that a crash takes away would be an object without a row
                if (found.filter(row -> isReservedBy(request, row)).isPresent()) {
                    on.awaitDurability();
                }
                return found;
            });
            return live.flatMap(row -> answerWithoutWriting(row, request))
                    .or(() -> transactions.write(operation, on -> reserve(on, live, request)));
        });
    }

    private static Optional<Claim<VariantRequest, Variant>> answerWithoutWriting(
            VariantRow row, VariantRequest request) {
        if (row.state() == BlobState.STORED) {
            return Optional.of(new Claim.Existing<>(ImageRows.toVariant(row)));
        }
        if (isReservedBy(request, row)) {
            return Optional.of(
                    new Claim.Reserved<>(new Reservation<>(row.blobId(), request.objectKey(), false, request)));
        }
        return row.expired() ? Optional.empty() : Optional.of(new Claim.Busy<>());
    }

    private static boolean isReservedBy(VariantRequest request, VariantRow row) {
        return row.state() != BlobState.STORED
                && row.objectKey().equals(request.objectKey().value());
    }

    /** Takes over or reserves; empty if somebody else was faster. */
    private static Optional<Claim<VariantRequest, Variant>> reserve(
            Statements on, Optional<VariantRow> expired, VariantRequest request) {
        // a row keeps its id and its key
        Optional<Long> source = on.blobs().selectAt(request.source().value()).map(BlobRow::id);
        // a transaction that condemns the blob writes it, too, before it looks for what is derived from it
        if (source.isEmpty() || on.blobs().checkStored(List.of(source.get())) == 0) {
            return Optional.of(new Claim.SourceGone<>());
        }
        if (expired.isPresent()
                && on.blobs().condemnExpired(List.of(expired.get().blobId())) == 0) {
            return Optional.empty();
        }
        if (on.blobs().isObjectKeyUsed(request.objectKey().value())) {
            return Optional.of(new Claim.KeyUsed<>());
        }
        GeneratedId id = new GeneratedId();
        on.blobs().insertVariant(ImageRows.toNewVariant(source.get(), request), id);
        return Optional.of(new Claim.Reserved<>(new Reservation<>(id.getId(), request.objectKey(), false, request)));
    }

    /** Makes a variant of what was stored, as {@link VariantLedger#completeVariant} says. */
    public boolean complete(Reservation<VariantRequest> reservation, Digest digest, long size) {
        return transactions.write("complete the variant " + reservation.blobId(), on -> {
            if (on.blobs().markVariantStored(reservation.blobId(), digest, size) == 1) {
                return true;
            }
            return on.blobs()
                    .selectVariant(reservation.request().identity())
                    .filter(live -> live.blobId() == reservation.blobId())
                    .isPresent();
        });
    }
}
