package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.listing.PageSelection;
import io.github.imagehost.mysql.row.listing.RangeRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way to a page of all images that is counted from the start: from whichever end is nearer and, if the
 * images of whole ranges of ids stand side by side in the list, past those ranges.
 */
final class Shortcut {

    /**
     * Images that stand side by side in the list.
     *
     * @param low no other image below this one has this key or a higher one; null if there is no need to know
     * @param high no other image above this one has this key or a lower one; null if there is no need to know
     */
    private record Zone(
            long images,
            @Nullable Comparable<?> low,
            @Nullable Comparable<?> high) {}

    private record Start(@Nullable Comparable<?> key, long offset) {}

    private Shortcut() {}

    /**
     * Where to read the wanted page, and one image more if there is one; perhaps in the other direction.
     *
     * @param ranges all images
     */
    static PageSelection to(ImageQuery query, List<RangeRow> ranges) {
        List<Zone> ascending = zones(query.field(), ranges);
        List<Zone> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        long images = ascending.stream().mapToLong(Zone::images).sum();
        int length = (int) Math.min(query.limit() + 1L, images - query.offset());
        long behind = images - query.offset() - length;
        boolean isDescending = query.direction() == SortDirection.DESCENDING;
        Start fromLow = start(ascending, isDescending ? behind : query.offset(), false);
        Start fromHigh = start(descending, isDescending ? query.offset() : behind, true);
        boolean downwards = isDescending ? fromHigh.offset <= fromLow.offset : fromHigh.offset < fromLow.offset;
        Start shortest = downwards ? fromHigh : fromLow;
        return new PageSelection(query.field(), downwards, shortest.key, null, 0, length, shortest.offset);
    }

    private static Start start(List<Zone> zones, long offset, boolean downwards) {
        long rest = offset;
        for (Zone zone : zones) {
            if (rest < zone.images) {
                return new Start(downwards ? zone.high : zone.low, rest);
            }
            rest -= zone.images;
        }
        throw new IllegalArgumentException("There is no image " + offset);
    }

    private static List<Zone> zones(SortField field, List<RangeRow> ranges) {
        return switch (field) {
            case ID ->
                ranges.stream()
                        .map(range -> new Zone(
                                range.images(),
                                ImageRanges.firstId(range.idRange()),
                                ImageRanges.lastId(range.idRange())))
                        .toList();
            case UPLOAD_TIME -> zonesByTime(ranges);
            default ->
                List.of(new Zone(ranges.stream().mapToLong(RangeRow::images).sum(), null, null));
        };
    }

    /** Ranges whose times overlap are one zone. */
    private static List<Zone> zonesByTime(List<RangeRow> ranges) {
        List<RangeRow> byTime = new ArrayList<>(ranges);
        byTime.sort(Comparator.comparing(RangeRow::firstUploadedAt));
        List<Zone> zones = new ArrayList<>();
        RangeRow current = byTime.get(0);
        for (RangeRow next : byTime.subList(1, byTime.size())) {
            if (next.firstUploadedAt().isAfter(current.lastUploadedAt())) {
                zones.add(zone(current));
                current = next;
            } else {
                boolean isLonger = next.lastUploadedAt().isAfter(current.lastUploadedAt());
                current = new RangeRow(
                        current.idRange(),
                        current.images() + next.images(),
                        current.bytes() + next.bytes(),
                        false,
                        current.firstUploadedAt(),
                        isLonger ? next.lastUploadedAt() : current.lastUploadedAt());
            }
        }
        zones.add(zone(current));
        return zones;
    }

    private static Zone zone(RangeRow range) {
        return new Zone(range.images(), range.firstUploadedAt(), range.lastUploadedAt());
    }
}
