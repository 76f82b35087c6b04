package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.row.listing.SampleRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few images of many ranges, always the same ones, by which it is told how many there are of a kind.
 *
 * @param wanted how many of them are of that kind
 * @param seen how many there are
 * @param images how many there are in all ranges
 */
record Sample(long wanted, long seen, long images) {

    private static final int MOST_RANGES = 64;
    private static final int IDS_PER_RANGE = 64;

    /**
     * Those that the filter lets through are of the kind.
     *
     * @param ranges all images; not empty
     */
    static Sample of(Statements on, long owner, FilterSelection filter, List<RangeRow> ranges) {
        int count = Math.min(MOST_RANGES, ranges.size());
        List<IdInterval> intervals = IntStream.range(0, count)
                .mapToLong(i ->
                        ranges.get((int) ((long) i * ranges.size() / count)).idRange())
                .map(ImageRanges::firstId)
                .mapToObj(first -> new IdInterval(first, first + IDS_PER_RANGE - 1))
                .toList();
        SampleRow sample = on.images().selectSample(owner, filter, intervals);
        long images = ranges.stream().mapToLong(RangeRow::images).sum();
        return new Sample(sample.wanted(), Math.max(sample.seen(), 1), images);
    }

    /**
     * Whether there are more than are always counted, as far as a sample can tell: four standard deviations below it.
     */
    boolean isSurelyMany() {
        double atLeast = wanted - 4 * Math.sqrt((double) wanted);
        return atLeast * images / seen > ImagePage.EXACT_TOTAL;
    }

    /** About how many there are; more than are always counted, which the caller knows. */
    long estimate() {
        return extrapolate(wanted, seen, images);
    }

    /**
     * About how many there are among all if there are so many among those that were seen; more than are always counted.
     */
    static long extrapolate(long wanted, long seen, long images) {
        return Math.max(ImagePage.EXACT_TOTAL + 1L, Math.round((double) wanted * images / seen));
    }
}
