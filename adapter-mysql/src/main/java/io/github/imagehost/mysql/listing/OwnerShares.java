package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.row.listing.TraitsRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells what an owner has. If that is much, only a few images of many ranges are looked at, always the same ones, and
 * the others of a range are taken to be like them: what it costs does not grow.
 */
public final class OwnerShares {

    private static final int MOST_INTERVALS = 512;
    private static final int INTERVALS_PER_RANGE = 8;
    private static final int IMAGES_PER_INTERVAL = 16;

    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private static final Comparator<Share> MOST_FREQUENT_FIRST =
            Comparator.comparingLong(Share::images).reversed().thenComparing(Share::name);

    private OwnerShares() {}

    /** So many images, or about so many, that are alike. */
    private record Portion(String type, String visibility, String month, double images, double bytes) {

        static Portion of(TraitsRow row, double imagesOfEach, double bytesOfEach) {
            return new Portion(
                    row.mimeType(),
                    Visibility.valueOf(row.visibility()).label(),
                    YearMonth.of(row.uploadedYear(), row.uploadedMonth()).toString(),
                    row.images() * imagesOfEach,
                    row.bytes() * bytesOfEach);
        }

        Portion times(double imagesOfEach, double bytesOfEach) {
            return new Portion(type, visibility, month, images * imagesOfEach, bytes * bytesOfEach);
        }
    }

    /** What this owner has, as the tables are in this transaction. */
    public static OwnerStatistics of(Statements on, long owner) {
        List<RangeRow> ranges = on.ranges().selectRanges(owner);
        Usage usage = new Usage(
                ranges.stream().mapToLong(RangeRow::images).sum(),
                ranges.stream().mapToLong(RangeRow::bytes).sum());
        boolean isEstimate = usage.images() > ImagePage.EXACT_TOTAL;
        List<TraitsRow> seen = on.statistics().countTraits(owner, isEstimate ? intervals(ranges) : List.of());
        if (!isEstimate) {
            return statistics(usage, portions(seen), portions(seen), false);
        }
        Map<Long, List<TraitsRow>> byRange = seen.stream().collect(Collectors.groupingBy(TraitsRow::idRange));
        List<Portion> sampled = ranges.stream()
                .flatMap(range -> portions(range, byRange.getOrDefault(range.idRange(), List.of())).stream())
                .toList();
        List<Portion> dated = ranges.stream()
                .flatMap(range -> dated(range, byRange.getOrDefault(range.idRange(), List.of())).stream())
                .toList();
        return statistics(usage, sampled, dated, true);
    }

    private static OwnerStatistics statistics(
            Usage usage, List<Portion> portions, List<Portion> dated, boolean isEstimate) {
        List<Portion> all = isEstimate ? stretched(portions, usage) : portions;
        return new OwnerStatistics(
                usage,
                shares(all, Portion::type, MOST_FREQUENT_FIRST),
                shares(all, Portion::visibility, MOST_FREQUENT_FIRST),
                shares(dated, Portion::month, Comparator.comparing(Share::name)),
                isEstimate);
    }

    /** Spread over all ranges, or over as many as there may be intervals for. */
    private static List<IdInterval> intervals(List<RangeRow> ranges) {
        int wanted = ranges.stream().mapToInt(OwnerShares::intervalsOf).sum();
        int step = (wanted + MOST_INTERVALS - 1) / MOST_INTERVALS;
        List<IdInterval> intervals = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i += step) {
            RangeRow range = ranges.get(i);
            int count = intervalsOf(range);
            int distance = ImageRanges.SIZE / count;
            // wider where the owner's images are few among others'
            long ids = Math.min(distance, (long) IMAGES_PER_INTERVAL * ImageRanges.SIZE / range.images());
            // not at the same places of each range, where something may come again and again
            long shift = Long.remainderUnsigned(range.idRange() * MIXER, distance - ids + 1);
            long first = ImageRanges.firstId(range.idRange()) + shift;
            IntStream.range(0, count)
                    .mapToLong(interval -> first + (long) interval * distance)
                    .mapToObj(start -> new IdInterval(start, start + ids - 1))
                    .forEach(intervals::add);
        }
        return intervals;
    }

    private static int intervalsOf(RangeRow range) {
        return (int) Math.min(INTERVALS_PER_RANGE, range.images() / IMAGES_PER_INTERVAL + 1);
    }

    private static List<Portion> portions(List<TraitsRow> rows) {
        return rows.stream().map(row -> Portion.of(row, 1, 1)).toList();
    }

    /** All images of a range, if they are like these; none if there are none of these. */
    private static List<Portion> portions(RangeRow range, List<TraitsRow> seen) {
        double images = seen.stream().mapToLong(TraitsRow::images).sum();
        double bytes = seen.stream().mapToLong(TraitsRow::bytes).sum();
        return seen.stream()
                .map(row -> Portion.of(row, range.images() / images, range.bytes() / bytes))
                .toList();
    }

    /** All images of a range by their months, which are known exactly if it is one. */
    private static List<Portion> dated(RangeRow range, List<TraitsRow> seen) {
        String last = monthOf(range.lastUploadedAt());
        boolean isOfOneMonth = monthOf(range.firstUploadedAt()).equals(last);
        return isOfOneMonth || seen.isEmpty()
                ? List.of(new Portion("", "", last, range.images(), range.bytes()))
                : portions(range, seen);
    }

    private static String monthOf(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC)).toString();
    }

    /** As if the ranges that were not looked at were like the others. */
    private static List<Portion> stretched(List<Portion> portions, Usage usage) {
        double images = usage.images() / sum(portions, Portion::images);
        double bytes = usage.bytes() / sum(portions, Portion::bytes);
        return portions.stream().map(portion -> portion.times(images, bytes)).toList();
    }

    private static List<Share> shares(List<Portion> portions, Function<Portion, String> name, Comparator<Share> order) {
        return portions.stream().collect(Collectors.groupingBy(name)).entrySet().stream()
                .map(group -> new Share(
                        group.getKey(),
                        Math.round(sum(group.getValue(), Portion::images)),
                        Math.round(sum(group.getValue(), Portion::bytes))))
                .sorted(order)
                .toList();
    }

    private static double sum(Collection<Portion> portions, ToDoubleFunction<Portion> amount) {
        return portions.stream().mapToDouble(amount).sum();
    }
}
