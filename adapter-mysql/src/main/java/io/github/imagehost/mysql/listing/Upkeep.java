package io.github.imagehost.mysql.listing;

import io.github.imagehost.mysql.row.listing.OwnerRange;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts some ranges of images anew, and indexes names. */
public final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int RANGES_TO_COUNT = 8;
    private static final int RANGES_TO_INDEX = 16;

    private Upkeep() {}

    /** Does some of what there is to do, each range in a transaction of its own. */
    public static void run(Transactions transactions) {
        long ranges = transactions
                .read("find the latest image", on -> on.ranges().selectLastId())
                .map(id -> ImageRanges.rangeOf(id) + 1)
                .orElse(1L);
        countSome(transactions, ranges);
        List<OwnerRange> unindexed = transactions.read(
                "find names to index",
                on -> on.ranges().selectUnindexed(ranges - 1, NameIndex.LEAST_IMAGES, RANGES_TO_INDEX));
        for (OwnerRange range : unindexed) {
            transactions.write("index names of " + range, on -> {
                NameIndex.index(on, range);
                return range;
            });
        }
    }

    private static void countSome(Transactions transactions, long ranges) {
        Set<Long> counted = new HashSet<>();
        // nobody remembers which ones were counted last
        long next = ThreadLocalRandom.current().nextLong(ranges);
        while (counted.size() < RANGES_TO_COUNT) {
            Optional<Long> range = from(transactions, next).or(() -> from(transactions, 0));
            if (range.isEmpty() || !counted.add(range.get())) {
                return;
            }
            count(transactions, range.get());
            next = range.get() + 1;
        }
    }

    /** The next range, from this one on, that has images or a count of them. */
    static Optional<Long> from(Transactions transactions, long range) {
        return transactions.read(
                "find images to count", on -> on.ranges().selectRangeFrom(range, ImageRanges.firstId(range)));
    }

    private static void count(Transactions transactions, long idRange) {
        for (OwnerRange range : miscounted(transactions, idRange)) {
            if (transactions.write("count images of " + range, on -> countAnew(on, range))) {
                log.info("Images of owner {} had to be counted anew, in range {}", range.ownerId(), range.idRange());
            }
        }
    }

    /** Whose images in a range are miscounted. */
    static List<OwnerRange> miscounted(Transactions transactions, long idRange) {
        return transactions.read("count images again", on -> miscounted(on, idRange));
    }

    private static List<OwnerRange> miscounted(Statements on, long idRange) {
        return on.ranges().selectMiscounted(idRange, ImageRanges.firstId(idRange), ImageRanges.lastId(idRange));
    }

    /** Whether that was needed. */
    private static boolean countAnew(Statements on, OwnerRange range) {
        ImageRanges.lock(on, range);
        // whoever was about to count before has done so
        boolean wrong = miscounted(on, range.idRange()).contains(range);
        ImageRanges.recount(on, range);
        return wrong;
    }
}
