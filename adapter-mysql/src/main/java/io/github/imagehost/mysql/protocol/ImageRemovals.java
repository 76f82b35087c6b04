package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.mysql.album.Filings;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.row.image.ImageReferenceRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes images and condemns what nobody needs any more, as {@link DeletionLedger} says. */
public final class ImageRemovals implements DeletionLedger {

    /** How long filenames of deleted images are remembered: longer than any request can be under way. */
    private static final int RETIRED_FILENAME_HOURS = 24;

    private final Transactions transactions;

    public ImageRemovals(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Removal remove(OwnerId owner, Collection<Long> ids) {
        transactions.requireOpen();
        if (ids.isEmpty()) {
            return new Removal(Set.of(), List.of());
        }
        return transactions.write("remove " + ids.size() + " images of owner " + owner.value(), on -> {
            List<ImageReferenceRow> removed = new ArrayList<>();
            for (List<Long> chunk : Chunks.ofSorted(ids)) {
                List<ImageReferenceRow> found = on.images().lockOwned(owner.value(), chunk);
                delete(on, found);
                removed.addAll(found);
            }
            return condemnAndCount(on, removed);
        });
    }

    @Override
    public Removal removeEnded(int limit) {
        String operation = "remove images that have ended";
        List<Long> ended = transactions.read(operation, on -> on.images().selectEnded(limit));
        return ended.isEmpty()
                ? new Removal(Set.of(), List.of())
                : transactions.write(operation, on -> removeEnded(on, Chunks.sorted(ended)));
    }

    /** Those of these images which have ended; at least one is given. */
    static Removal removeEnded(Statements on, List<Long> sortedIds) {
        List<ImageReferenceRow> ended = on.images().lockEnded(sortedIds);
        delete(on, ended);
        return condemnAndCount(on, ended);
    }

    private static void delete(Statements on, List<ImageReferenceRow> images) {
        if (!images.isEmpty()) {
            List<Long> ids = images.stream().map(ImageReferenceRow::id).toList();
            on.images().retireFilenames(ids);
            on.images().delete(ids);
        }
    }

    /** After the check of the blobs: until then somebody may have given an image another name. */
    private static void deleteFurtherNames(Statements on, List<ImageReferenceRow> images) {
        for (List<Long> chunk :
                Chunks.ofSorted(images.stream().map(ImageReferenceRow::id).toList())) {
            on.images().retireAliases(chunk);
            on.images().deleteAliases(chunk);
        }
    }

    private static Removal condemnAndCount(Statements on, List<ImageReferenceRow> removed) {
        Filings.remove(on, removed.stream().map(ImageReferenceRow::id).toList());
        List<CondemnedBlob> condemned = condemnUnused(
                on, removed.stream().map(ImageReferenceRow::blobId).collect(Collectors.toSet()));
        deleteFurtherNames(on, removed);
        removed.stream()
                .collect(Collectors.groupingBy(
                        ImageReferenceRow::ownerId,
                        TreeMap::new,
                        Collectors.toMap(ImageReferenceRow::id, ImageReferenceRow::fileSize)))
                .forEach((owner, sizes) -> ImageRanges.subtract(on, owner, sizes));
        return new Removal(removed.stream().map(ImageReferenceRow::id).collect(Collectors.toSet()), condemned);
    }

    private static List<CondemnedBlob> condemnUnused(Statements on, Set<Long> blobIds) {
        List<CondemnedBlob> condemned = new ArrayList<>();
        for (List<Long> chunk : Chunks.ofSorted(blobIds)) {
            // whoever adds an image to one of them, or derives something from it, writes it, too: one sees the other
            on.blobs().checkStored(chunk);
            Set<Long> unused = new TreeSet<>(chunk);
            on.images().selectBlobsInUse(chunk).forEach(unused::remove);
            if (!unused.isEmpty()) {
                unused.addAll(on.blobs().lockDerived(unused));
                on.blobs().condemnLive(unused);
                on.blobs().selectByIds(unused).stream()
                        .map(ImageRows::toCondemnedBlob)
                        .forEach(condemned::add);
            }
        }
        return condemned;
    }

    @Override
    public int condemnExpired() {
        forgetRetiredFilenames();
        String operation = "condemn expired reservations";
        int condemned = 0;
        List<Long> expired;
        do {
            expired = transactions.read(operation, on -> on.blobs().selectExpired(Chunks.SIZE));
            if (!expired.isEmpty()) {
                List<Long> ids = Chunks.sorted(expired);
                condemned += transactions.write(operation, on -> on.blobs().condemnExpired(ids));
            }
        } while (expired.size() == Chunks.SIZE);
        return condemned;
    }

    private void forgetRetiredFilenames() {
        String operation = "forget retired filenames";
        List<String> old;
        do {
            old = transactions.read(
                    operation, on -> on.images().selectRetiredLongAgo(RETIRED_FILENAME_HOURS, Chunks.SIZE));
            if (!old.isEmpty()) {
                Collection<String> filenames = new TreeSet<>(old);
                transactions.write(operation, on -> on.images().deleteRetired(filenames));
            }
        } while (old.size() == Chunks.SIZE);
    }

    @Override
    public List<CondemnedBlob> condemned(long afterBlobId, int limit) {
        return transactions.read("list condemned blobs", on -> {
            List<CondemnedBlob> blobs = on.blobs().selectCondemned(afterBlobId, limit).stream()
                    .map(ImageRows::toCondemnedBlob)
                    .toList();
            if (!blobs.isEmpty()) {
                on.awaitDurability();
            }
            return blobs;
        });
    }

    @Override
    public void forget(Collection<CondemnedBlob> blobs) {
        transactions.requireOpen();
        if (blobs.isEmpty()) {
            return;
        }
        transactions.write("forget " + blobs.size() + " blobs", on -> {
            Stream<CondemnedBlob> settled = blobs.stream().filter(CondemnedBlob::settled);
            Stream<CondemnedBlob> unsettled = blobs.stream().filter(blob -> !blob.settled());
            Chunks.ofSorted(ids(settled)).forEach(on.blobs()::deleteCondemned);
            Chunks.ofSorted(ids(unsettled)).forEach(on.blobs()::postponeCondemned);
            return blobs.size();
        });
    }

    private static List<Long> ids(Stream<CondemnedBlob> blobs) {
        return blobs.map(CondemnedBlob::blobId).toList();
    }
}
