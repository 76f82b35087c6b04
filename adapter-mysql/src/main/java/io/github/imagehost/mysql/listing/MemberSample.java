package io.github.imagehost.mysql.listing;

import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.Membership;
import io.github.imagehost.mysql.row.listing.SampleRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A few images of an album or a tag, always the same ones, by which it is told how many of them are of a kind.
 *
 * @param wanted how many of those few are of that kind
 * @param deviation the standard deviation of that number
 * @param seen how many those few are
 * @param members how many there are in all
 */
record MemberSample(long wanted, double deviation, long seen, long members) {

    private static final int PLACES = 64;
    private static final int MEMBERS_PER_PLACE = 4;

    /** Spreads places, so that they are not where something comes again and again. */
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    /**
     * Those that the filter lets through are of the kind.
     *
     * @param group with at least one image
     * @param rest what is asked of them besides
     */
    static MemberSample of(Statements on, Membership group, FilterSelection rest) {
        IdInterval all = on.memberships().selectSpan(group);
        long distance = Math.max(1, (all.last() - all.first() + 1) / PLACES);
        long length = Math.max(1, Math.min(distance, PLACES * MEMBERS_PER_PLACE * distance / group.images()));
        List<IdInterval> places = LongStream.range(0, PLACES)
                .map(place ->
                        all.first() + place * distance + Long.remainderUnsigned(place * MIXER, distance - length + 1))
                .mapToObj(first -> new IdInterval(first, first + length - 1))
                .toList();
        List<SampleRow> samples =
                on.memberships().selectSamples(group, rest, !rest.isOnlyMembership(), places, all.first(), distance);
        long seen = samples.stream().mapToLong(SampleRow::seen).sum();
        long wanted = samples.stream().mapToLong(SampleRow::wanted).sum();
        // what is wanted may be together at few places, of which one more or less would then change much
        double variance = samples.stream()
                .mapToDouble(SampleRow::wanted)
                .map(number -> number * number)
                .sum();
        return new MemberSample(wanted, Math.sqrt(variance), Math.max(seen, 1), group.images());
    }

    /** Whether there are more than these, as far as a sample can tell: four standard deviations below it. */
    boolean isSurelyMoreThan(long number) {
        return (wanted - 4 * deviation) * members / seen > number;
    }

    /**
     * About how many there are.
     *
     * @param number there are more than these, which the caller knows
     */
    long estimateAbove(long number) {
        return Math.max(number + 1, Math.round((double) wanted * members / seen));
    }
}
