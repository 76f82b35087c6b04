package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.administration.UsageCounts;
import io.github.imagehost.mysql.row.listing.OwnerRange;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Makes sure of the counts in {@link ImageRanges}, as {@link UsageCounts} says. Whoever adds or deletes an image counts
 * it in the same transaction, so that whoever sees the images and the counts of one moment sees both or none of it.
 */
public final class Counts implements UsageCounts {

    private final Transactions transactions;

    public Counts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Each statement looks at one range, whatever there is in all; what is right adds nothing to the differences. */
    @Override
    public List<Miscount> miscounts(BooleanSupplier isToStop) {
        SortedMap<Long, List<OwnerRange>> suspects = new TreeMap<>();
        Optional<Long> range = Upkeep.from(transactions, 0);
        while (range.isPresent() && !isToStop.getAsBoolean()) {
            Upkeep.miscounted(transactions, range.get())
                    .forEach(miscounted -> suspects.computeIfAbsent(miscounted.ownerId(), owner -> new ArrayList<>())
                            .add(miscounted));
            range = Upkeep.from(transactions, range.get() + 1);
        }
        return suspects.entrySet().stream()
                .takeWhile(suspect -> !isToStop.getAsBoolean())
                .map(suspect -> miscount(new OwnerId(suspect.getKey()), suspect.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Miscount> miscount(OwnerId owner, List<OwnerRange> ranges) {
        long id = owner.value();
        return transactions.readSnapshot("compare what owner " + id + " has with its count", on -> {
            List<Usage> excesses = ranges.stream()
                    .flatMap(range -> excesses(on, range).stream())
                    .toList();
            if (excesses.isEmpty()) {
                return Optional.empty();
            }
            Usage counted = on.ranges().selectUsage(id);
            Usage actual = new Usage(
                    counted.images()
                            - excesses.stream().mapToLong(Usage::images).sum(),
                    counted.bytes() - excesses.stream().mapToLong(Usage::bytes).sum());
            return Optional.of(new Miscount(owner, counted, actual));
        });
    }

    /** What is counted too much, or too little if it is negative; empty if nothing is. */
    private static List<Usage> excesses(Statements on, OwnerRange range) {
        return on.ranges()
                .selectExcesses(
                        range.ownerId(),
                        range.idRange(),
                        ImageRanges.firstId(range.idRange()),
                        ImageRanges.lastId(range.idRange()));
    }

    @Override
    public void recount(OwnerId owner) {
        Optional<OwnerRange> next = from(owner, 0);
        while (next.isPresent()) {
            OwnerRange range = next.get();
            if (!transactions
                    .read("find what is miscounted in " + range, on -> excesses(on, range))
                    .isEmpty()) {
                transactions.write("count images of " + range, on -> ImageRanges.recount(on, range));
            }
            next = from(owner, range.idRange() + 1);
        }
    }

    /** The next range, from this one on, in which the owner has images or a count of them. */
    private Optional<OwnerRange> from(OwnerId owner, long range) {
        return transactions
                .read(
                        "find images of owner " + owner.value() + " to count",
                        on -> on.ranges().selectRangeOf(owner.value(), range, ImageRanges.firstId(range)))
                .map(found -> new OwnerRange(owner.value(), found));
    }
}
