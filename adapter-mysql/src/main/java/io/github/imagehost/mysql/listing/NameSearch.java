package io.github.imagehost.mysql.listing;

import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL;
import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL_OF_ALBUM;

import com.google.common.base.Suppliers;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.IdInterval;
import io.github.imagehost.mysql.row.listing.KeyRow;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the images whose names contain a text, or learns that there are very many. Looks at ranges from everywhere,
 * always in the same order, and at no more of them than it needs to learn that.
 */
final class NameSearch {

    /**
     * @param keys all that were found, in no order
     * @param estimate about how many there are, if they are too many to be counted
     */
    record Found(List<KeyRow> keys, OptionalLong estimate) {}

    /** What is frequent is found to be so in these already. */
    private static final int FIRST_RANGES = 4;

    private static final int MOST_RANGES_AT_ONCE = 64;

    /** Spreads ranges that are close together. */
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    /** With so many it is worth while to try some of them first. */
    private static final int MANY = EXACT_TOTAL * 3 / 2;

    /** With so many it is worth while to ask somebody else who may know about how many there are. */
    private static final int SEVERAL = EXACT_TOTAL_OF_ALBUM * 3 / 2;

    private static final int SAMPLE = 400;
    private static final int IDS_AT_ONCE = 1000;

    private final Statements on;
    private final long owner;
    private final SortField field;
    private final FilterSelection filter;
    private final byte[] needle;
    private final List<RangeRow> mixed;
    private final long images;
    private final Supplier<OptionalLong> otherEstimate;
    private final Map<Long, KeyRow> hits = new HashMap<>();
    private long imagesSeen;

    private NameSearch(
            Statements on,
            ImageQuery query,
            FilterSelection filter,
            List<RangeRow> ranges,
            Supplier<OptionalLong> otherEstimate) {
        this.on = on;
        this.owner = query.owner().value();
        this.field = query.field();
        this.filter = filter;
        this.needle = Objects.requireNonNull(filter.needle());
        this.mixed = ranges.stream()
                .sorted(Comparator.comparingLong(range -> range.idRange() * MIXER))
                .toList();
        this.images = ranges.stream().mapToLong(RangeRow::images).sum();
        this.otherEstimate = otherEstimate;
    }

    /**
     * @param filter with a needle
     * @param ranges all images
     */
    static Found find(Statements on, ImageQuery query, FilterSelection filter, List<RangeRow> ranges) {
        return find(on, query, filter, ranges, OptionalLong::empty);
    }

    /**
     * As {@link #find(Statements, ImageQuery, FilterSelection, List)}, where somebody else may know about how many
     * there are.
     *
     * @param otherEstimate is asked once if thousands of images would have to be looked at; answers nothing if there
     *     may be so few that they have to be found
     */
    static Found find(
            Statements on,
            ImageQuery query,
            FilterSelection filter,
            List<RangeRow> ranges,
            Supplier<OptionalLong> otherEstimate) {
        NameSearch search = new NameSearch(on, query, filter, ranges, Suppliers.memoize(otherEstimate::get));
        search.verify(filter.named());
        OptionalLong estimate = search.lookUp();
        if (estimate.isEmpty()) {
            estimate = search.read();
        }
        return new Found(List.copyOf(search.hits.values()), estimate);
    }

    /**
     * Finds those among a few images.
     *
     * @param filter with a needle
     * @param ranges all images
     * @param few ids
     */
    static List<KeyRow> findAmong(
            Statements on, ImageQuery query, FilterSelection filter, List<RangeRow> ranges, List<Long> few) {
        NameSearch search = new NameSearch(on, query, filter, ranges, OptionalLong::empty);
        search.verify(filter.named());
        search.verify(search.candidates(few));
        return List.copyOf(search.hits.values());
    }

    /** Without those of which the index tells that they are not wanted. */
    private List<Long> candidates(List<Long> few) {
        Map<Long, List<Long>> unknown =
                new HashMap<>(few.stream().collect(Collectors.groupingBy(ImageRanges::rangeOf)));
        List<Long> indexed = mixed.stream()
                .filter(RangeRow::indexed)
                .map(RangeRow::idRange)
                .filter(unknown::containsKey)
                .toList();
        Set<Long> wanted = Set.copyOf(few);
        List<Long> candidates = new ArrayList<>();
        for (List<Long> some : parts(indexed, MOST_RANGES_AT_ONCE)) {
            NameIndex.candidates(on, owner, some, needle).stream()
                    .filter(wanted::contains)
                    .forEach(candidates::add);
        }
        indexed.forEach(unknown::remove);
        unknown.values().forEach(candidates::addAll);
        return candidates;
    }

    /** Reads the ranges that are not indexed. */
    private OptionalLong read() {
        List<RangeRow> unindexed =
                mixed.stream().filter(range -> !range.indexed()).toList();
        if (unindexed.stream().mapToLong(RangeRow::images).sum() > SEVERAL) {
            OptionalLong estimate = otherEstimate.get();
            if (estimate.isPresent()) {
                return estimate;
            }
        }
        for (RangeRow range : unindexed) {
            long lastId = ImageRanges.lastId(range.idRange());
            IdInterval ids = new IdInterval(ImageRanges.firstId(range.idRange()), lastId);
            List<KeyRow> found =
                    on.images().selectKeysBetween(owner, filter, field, ListIndex.ID, ids, EXACT_TOTAL + 1L);
            found.forEach(key -> hits.put(key.id(), key));
            if (hits.size() > EXACT_TOTAL) {
                long idsSeen = lastId - found.get(found.size() - 1).id() + 1;
                imagesSeen += Math.max(found.size(), range.images() * idsSeen / ImageRanges.SIZE);
                return OptionalLong.of(estimate(hits.size()));
            }
            imagesSeen += range.images();
        }
        return OptionalLong.empty();
    }

    private OptionalLong lookUp() {
        List<RangeRow> indexed = mixed.stream().filter(RangeRow::indexed).toList();
        List<Long> candidates = new ArrayList<>();
        int done = 0;
        while (done < indexed.size()) {
            int length = Math.min(Math.max(FIRST_RANGES, done), MOST_RANGES_AT_ONCE);
            List<RangeRow> some = indexed.subList(done, Math.min(indexed.size(), done + length));
            done += some.size();
            candidates.addAll(NameIndex.candidates(
                    on, owner, some.stream().map(RangeRow::idRange).toList(), needle));
            imagesSeen += some.stream().mapToLong(RangeRow::images).sum();
            if (candidates.size() > SEVERAL) {
                OptionalLong estimate = otherEstimate.get();
                if (estimate.isPresent()) {
                    return estimate;
                }
            }
            if (candidates.size() > MANY) {
                long right = countInSample(candidates);
                // four standard deviations below what the sample says
                double atLeast = right - 4 * Math.sqrt((double) right);
                if (hits.size() + atLeast / SAMPLE * candidates.size() > EXACT_TOTAL) {
                    return OptionalLong.of(estimate(hits.size() + right * candidates.size() / SAMPLE));
                }
                verify(candidates);
                candidates.clear();
            }
            if (hits.size() > EXACT_TOTAL) {
                return OptionalLong.of(estimate(hits.size()));
            }
        }
        verify(candidates);
        return hits.size() > EXACT_TOTAL ? OptionalLong.of(estimate(hits.size())) : OptionalLong.empty();
    }

    private long countInSample(List<Long> candidates) {
        List<Long> sample = IntStream.range(0, SAMPLE)
                .mapToObj(i -> candidates.get((int) ((long) i * candidates.size() / SAMPLE)))
                .toList();
        return on.images().selectKeysOf(owner, filter, field, sample).size();
    }

    /** Looks which of these images are really wanted. */
    private void verify(List<Long> candidates) {
        for (List<Long> some : parts(candidates, IDS_AT_ONCE)) {
            on.images().selectKeysOf(owner, filter, field, some).forEach(key -> hits.put(key.id(), key));
        }
    }

    private long estimate(long found) {
        return Sample.extrapolate(found, imagesSeen, images);
    }

    private static <T> List<List<T>> parts(List<T> list, int size) {
        return IntStream.range(0, (list.size() + size - 1) / size)
                .mapToObj(part -> list.subList(part * size, Math.min(list.size(), (part + 1) * size)))
                .toList();
    }
}
