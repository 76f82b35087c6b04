package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.mysql.row.listing.OwnerRange;
import io.github.imagehost.mysql.row.listing.SlotRow;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.type.UtcInstantTypeHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts images and their bytes by ranges of ids, in the transactions that add and delete them. Each of those counts
 * last of all, and in the order of ranges and slots, so that nobody waits for another who waits for him.
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

    /** Counts new images, each in the slot of its id. */
    public static void add(Statements on, Collection<Image> images) {
        SortedMap<Slot, List<Image>> slots =
                images.stream().collect(Collectors.groupingBy(Slot::of, TreeMap::new, Collectors.toList()));
        List<@Nullable Object> parameters = new ArrayList<>();
        slots.forEach((slot, counted) -> {
            SortedSet<Instant> uploads =
                    counted.stream().map(Image::uploadedAt).collect(Collectors.toCollection(TreeSet::new));
            Collections.addAll(
                    parameters,
                    slot.owner(),
                    slot.range(),
                    slot.number(),
                    counted.size(),
                    counted.stream().mapToLong(image -> image.content().size()).sum(),
                    counted.size(),
                    UtcInstantTypeHandler.toColumnValue(uploads.first()),
                    UtcInstantTypeHandler.toColumnValue(uploads.last()));
        });
        on.update(
                "INSERT INTO imagehost_image_range (owner_id, id_range, slot, images, bytes, added, indexed,"
                        + " first_uploaded_at, last_uploaded_at) VALUES "
                        + String.join(", ", Collections.nCopies(slots.size(), "(?, ?, ?, ?, ?, ?, 0, ?, ?)"))
                        // MySQL would rather have an alias for the row, which MariaDB does not know
                        + " ON DUPLICATE KEY UPDATE images = images + VALUES(images), bytes = bytes + VALUES(bytes),"
                        + " added = added + VALUES(added),"
                        + " first_uploaded_at = LEAST(first_uploaded_at, VALUES(first_uploaded_at)),"
                        + " last_uploaded_at = GREATEST(last_uploaded_at, VALUES(last_uploaded_at))",
                parameters);
    }

    /** In the order in which they are counted. */
    private record Slot(long owner, long range, int number) implements Comparable<Slot> {

        static Slot of(Image image) {
            return new Slot(image.owner().value(), rangeOf(image.id()), slotOf(image.id()));
        }

        @Override
        public int compareTo(Slot other) {
            return Comparator.comparingLong(Slot::owner)
                    .thenComparingLong(Slot::range)
                    .thenComparingInt(Slot::number)
                    .compare(this, other);
        }
    }

    /**
     * Takes images off that are deleted.
     *
     * @param sizes of them, by their ids
     */
    public static void subtract(Statements on, long owner, Map<Long, Long> sizes) {
        Map<Long, Map<Integer, LongSummaryStatistics>> counts = sizes.entrySet().stream()
                .collect(Collectors.groupingBy(
                        image -> rangeOf(image.getKey()),
                        TreeMap::new,
                        Collectors.groupingBy(
                                image -> slotOf(image.getKey()),
                                TreeMap::new,
                                Collectors.summarizingLong(Map.Entry::getValue))));
        counts.forEach((range, slots) -> slots.forEach(
                (slot, deleted) -> on.ranges().subtract(owner, range, slot, deleted.getCount(), deleted.getSum())));
    }

    /**
     * Says that the names of images have changed: until their ranges are indexed again, names are read there. The last
     * thing that a transaction does.
     */
    public static void noteRenaming(Statements on, long owner, Collection<Long> ids) {
        ids.stream()
                .map(id -> new Slot(owner, rangeOf(id), slotOf(id)))
                .sorted()
                .forEach(slot -> on.ranges().noteRenaming(owner, slot.range(), slot.number()));
    }

    /** Whoever adds or deletes images there waits until the transaction ends, or has counted already. */
    static void lock(Statements on, OwnerRange range) {
        on.ranges().lock(range.ownerId(), range.idRange(), ALL_SLOTS);
    }

    /**
     * Counts the images of a range anew. Whoever adds or deletes one waits until the transaction ends, or has counted
     * already.
     *
     * @return how many there are
     */
    static long recount(Statements on, OwnerRange range) {
        lock(on, range);
        on.ranges().reset(range.ownerId(), range.idRange());
        List<SlotRow> counted =
                on.ranges().selectCounted(range.ownerId(), firstId(range.idRange()), lastId(range.idRange()));
        counted.forEach(slot -> on.ranges().set(range.ownerId(), range.idRange(), slot));
        return counted.stream().mapToLong(SlotRow::images).sum();
    }
}
