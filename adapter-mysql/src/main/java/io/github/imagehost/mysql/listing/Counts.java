package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Miscount;
import io.github.imagehost.core.port.repository.UsageCounts;
import io.github.imagehost.mysql.row.OwnerRange;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes sure of the counts in {@link ImageRanges}, as {@link UsageCounts} says. Whoever adds or deletes an image counts
 * it in the same transaction, so that whoever sees the images and the counts of one moment sees both or none of it.
 */
public final class Counts implements UsageCounts {

    private final Transactions transactions;

    public Counts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Looks at one range after the other, and only for those who seem to be miscounted at all they have at once. */
    @Override
    public List<Miscount> miscounts() {
        SortedSet<Long> suspects = new TreeSet<>();
        Optional<Long> range = Upkeep.from(transactions, 0);
        while (range.isPresent()) {
            Upkeep.miscounted(transactions, range.get()).forEach(miscounted -> suspects.add(miscounted.ownerId()));
            range = Upkeep.from(transactions, range.get() + 1);
        }
        return suspects.stream()
                .map(owner -> miscount(new OwnerId(owner)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Miscount> miscount(OwnerId owner) {
        long id = owner.value();
        return transactions.readSnapshot(
                "compare what owner " + id + " has with its count",
                on -> on.ranges().selectMiscountedOf(id).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Miscount(
                                owner, on.ranges().selectUsage(id), on.ranges().selectActualUsage(id))));
    }

    @Override
    public void recount(OwnerId owner) {
        List<OwnerRange> miscounted = transactions.read(
                "find what is miscounted of owner " + owner.value(),
                on -> on.ranges().selectMiscountedOf(owner.value()));
        for (OwnerRange range : miscounted) {
            transactions.write("count images of " + range, on -> ImageRanges.recount(on, range));
        }
    }
}
