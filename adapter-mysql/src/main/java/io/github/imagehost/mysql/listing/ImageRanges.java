package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.mysql.row.OwnerRange;
import io.github.imagehost.mysql.row.SlotRow;
import io.github.imagehost.mysql.transaction.Transactions.Statements;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts images by ranges of ids, in the transactions that add and delete them. Each of those counts last of all, and
 * in the order of ranges and slots, so that nobody waits for another who waits for him.
 */
public final class ImageRanges {

    /** How many ids a range has. */
    public static final int SIZE = 1 << 14;

    private static final int SLOTS = 8;
    private static final List<Integer> ALL_SLOTS =
            IntStream.range(0, SLOTS).boxed().toList();

    private ImageRanges() {}

    static long rangeOf(long id) {
        return id / SIZE;
    }

    static long firstId(long range) {
        return range * SIZE;
    }

    static long lastId(long range) {
        return firstId(range) + SIZE - 1;
    }

    private static int slotOf(long id) {
        return (int) (id % SLOTS);
    }

    /** Counts a new image. */
    public static void add(Statements on, Image image) {
        on.ranges().add(image.owner().value(), rangeOf(image.id()), slotOf(image.id()), image.uploadedAt());
    }

    public static void subtract(Statements on, long owner, Collection<Long> ids) {
        Map<Long, Map<Integer, Integer>> counts = ids.stream()
                .collect(Collectors.groupingBy(
                        ImageRanges::rangeOf,
                        TreeMap::new,
                        Collectors.groupingBy(ImageRanges::slotOf, TreeMap::new, Collectors.summingInt(id -> 1))));
        counts.forEach(
                (range, slots) -> slots.forEach((slot, images) -> on.ranges().subtract(owner, range, slot, images)));
    }

    /**
     * Counts the images of a range anew. Whoever adds or deletes one waits until the transaction ends, or has counted
     * already.
     *
     * @return how many there are
     */
    static long recount(Statements on, OwnerRange range) {
        on.ranges().lock(range.ownerId(), range.idRange(), ALL_SLOTS);
        on.ranges().reset(range.ownerId(), range.idRange());
        List<SlotRow> counted =
                on.ranges().selectCounted(range.ownerId(), firstId(range.idRange()), lastId(range.idRange()));
        counted.forEach(slot -> on.ranges().set(range.ownerId(), range.idRange(), slot));
        return counted.stream().mapToLong(SlotRow::images).sum();
    }
}
