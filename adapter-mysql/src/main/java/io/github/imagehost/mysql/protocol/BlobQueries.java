package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.ReservationLedger;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.StatisticsCatalog;
import io.github.imagehost.mysql.listing.OwnerShares;
import io.github.imagehost.mysql.row.image.BlobState;
import io.github.imagehost.mysql.row.image.CountRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.image.ShareRow;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.List;
import java.util.Optional;

/**
 * Knows and notes what the store holds, as {@link BlobCatalog}, {@link ReservationLedger} and {@link StatisticsCatalog}
 * say.
 */
public final class BlobQueries implements BlobCatalog, ReservationLedger, StatisticsCatalog {

    private final Transactions transactions;

    public BlobQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean isLost(ObjectKey key) {
        return transactions.read("look at the reservation of " + key, on -> {
            boolean lost = on.blobs()
                    .selectAt(key.value())
                    .filter(blob -> blob.state() != BlobState.CONDEMNED)
                    .isEmpty();
            if (lost) {
                on.awaitDurability();
            }
            return lost;
        });
    }

    @Override
    public void abandon(Reservation<?> reservation) {
        transactions.write(
                "abandon the reservation " + reservation.blobId(),
                on -> on.blobs().condemnReserved(reservation.blobId()));
    }

    @Override
    public List<BlobEntry> blobs(Optional<ObjectKey> after, int limit) {
        if (limit < 1 || limit > BlobCatalog.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A listing has a limit from 1 to " + BlobCatalog.MAX_LIMIT + ", not " + limit);
        }
        String from = after.map(ObjectKey::value).orElse(null);
        return transactions.read(
                "list blobs",
                on -> on.blobs().selectFrom(from, limit).stream()
                        .map(ImageRows::toBlobEntry)
                        .toList());
    }

    @Override
    public Optional<BlobEntry> blobAt(ObjectKey key) {
        return transactions.read(
                "find the blob " + key, on -> on.blobs().selectAt(key.value()).map(ImageRows::toBlobEntry));
    }

    @Override
    public boolean markMissing(BlobEntry blob) {
        return transactions.write("note that " + blob.objectKey() + " is missing", on -> {
            int noted = blob.derived()
                    ? on.blobs().condemnDerived(blob.blobId(), blob.quarantineEnd())
                    : on.blobs().markMissing(blob.blobId(), blob.quarantineEnd());
            return noted == 1
                    || on.blobs()
                            .selectAt(blob.objectKey().value())
                            .filter(now -> now.id() == blob.blobId())
                            .filter(now -> blob.derived()
                                    ? now.state() == BlobState.CONDEMNED
                                    : now.state() == BlobState.STORED && now.missing())
                            .isPresent();
        });
    }

    @Override
    public boolean markPresent(BlobEntry blob) {
        return transactions.write("note that " + blob.objectKey() + " is back", on -> {
            int noted = on.blobs().markPresent(blob.blobId(), blob.storedDigest(), blob.quarantineEnd());
            return noted == 1
                    || on.blobs()
                            .selectAt(blob.objectKey().value())
                            .filter(now -> now.id() == blob.blobId() && now.state() == BlobState.STORED)
                            .filter(now -> !now.missing() && now.storedDigest().equals(blob.storedDigest()))
                            .isPresent();
        });
    }

    @Override
    public Statistics statistics() {
        return transactions.read("count everything", on -> {
            CountRow images = on.statistics().countImages();
            CountRow aliases = on.statistics().countAliases();
            CountRow blobs = on.statistics().countBlobs();
            CountRow derived = on.statistics().countDerived();
            return new Statistics(
                    images.count() + aliases.count(),
                    images.bytes() + aliases.bytes(),
                    blobs.count(),
                    blobs.bytes(),
                    blobs.storedBytes(),
                    derived.count(),
                    derived.storedBytes(),
                    on.statistics().countMissing(),
                    on.statistics().countInState(BlobState.RESERVED),
                    on.statistics().countInState(BlobState.CONDEMNED),
                    toShares(on.statistics().countTypes()),
                    toShares(on.statistics().countMonths()));
        });
    }

    @Override
    public OwnerStatistics statistics(OwnerId owner) {
        return transactions.readSnapshot(
                "count what owner " + owner.value() + " has", on -> OwnerShares.of(on, owner.value()));
    }

    private static List<Statistics.Share> toShares(List<ShareRow> rows) {
        return rows.stream()
                .map(row -> new Statistics.Share(row.name(), row.images(), row.bytes()))
                .toList();
    }
}
