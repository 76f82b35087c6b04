package io.github.imagehost.mysql;

import io.github.imagehost.mysql.row.OwnerRange;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Counts some ranges of images anew, and indexes names. */
final class Upkeep {

    private static final int RANGES_TO_COUNT = 8;
    private static final int RANGES_TO_INDEX = 16;

    private Upkeep() {}

    /** Does some of what there is to do, each range in a transaction of its own. */
    static void run(Transactions transactions) {
        long ranges = transactions
                .read("find the latest image", on -> on.ranges().selectLastId())
                .map(id -> ImageRanges.rangeOf(id) + 1)
                .orElse(1L);
        // nobody remembers which ones were counted last
        long first = ThreadLocalRandom.current().nextLong(ranges);
        for (int i = 0; i < Math.min(RANGES_TO_COUNT, ranges); i++) {
            count(transactions, (first + i) % ranges);
        }
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

    private static void count(Transactions transactions, long idRange) {
        List<OwnerRange> miscounted = transactions.read(
                "count images again",
                on -> on.ranges().selectMiscounted(idRange, ImageRanges.firstId(idRange), ImageRanges.lastId(idRange)));
        for (OwnerRange range : miscounted) {
            transactions.write("count images of " + range, on -> ImageRanges.recount(on, range));
        }
    }
}
