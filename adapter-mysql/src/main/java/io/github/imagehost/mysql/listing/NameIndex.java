package io.github.imagehost.mysql.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagehost.mysql.row.listing.GramRow;
import io.github.imagehost.mysql.row.listing.NameRow;
import io.github.imagehost.mysql.row.listing.OwnerRange;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which folded names have which grams: one character, or two side by side. A range of ids is indexed once, when no
 * further images come into it, so that uploads have nothing to do with it. Of images that are deleted the index learns
 * nothing.
 */
final class NameIndex {

    /** A range with fewer images is read as fast without an index. */
    static final int LEAST_IMAGES = 64;

    /** More of them narrow the choice down hardly any further. */
    private static final int MOST_GRAMS = 10;

    private static final int ROWS_PER_INSERT = 500;

    private NameIndex() {}

    /** Counts a range anew and indexes its names, in this transaction; forgets the range if it is empty. */
    static void index(Statements on, OwnerRange range) {
        long images = ImageRanges.recount(on, range);
        on.grams().deleteGrams(range.ownerId(), range.idRange());
        if (images == 0) {
            on.ranges().delete(range.ownerId(), range.idRange());
        }
        if (images < LEAST_IMAGES) {
            return;
        }
        List<GramRow> rows = new ArrayList<>();
        for (Map.Entry<String, Postings> gram : postings(on, range).entrySet()) {
            rows.add(new GramRow(
                    range.idRange(),
                    gram.getKey().getBytes(UTF_8),
                    gram.getValue().encode()));
            if (rows.size() == ROWS_PER_INSERT) {
                on.grams().insertGrams(range.ownerId(), rows);
                rows.clear();
            }
        }
        if (!rows.isEmpty()) {
            on.grams().insertGrams(range.ownerId(), rows);
        }
        on.ranges().markIndexed(range.ownerId(), range.idRange());
    }

    private static Map<String, Postings> postings(Statements on, OwnerRange range) {
        Map<String, Postings> postings = new TreeMap<>();
        long firstId = ImageRanges.firstId(range.idRange());
        for (NameRow row : on.grams().selectNames(range.ownerId(), firstId, ImageRanges.lastId(range.idRange()))) {
            int place = (int) (row.id() - firstId);
            int[] name = new String(row.foldedName(), UTF_8).codePoints().toArray();
            for (int i = 0; i < name.length; i++) {
                postings.computeIfAbsent(gram(name, i, 1), gram -> new Postings())
                        .add(place);
                if (i > 0) {
                    postings.computeIfAbsent(gram(name, i - 1, 2), gram -> new Postings())
                            .add(place);
                }
            }
        }
        return postings;
    }

    /**
     * The images in some ranges whose names may contain this text.
     *
     * @param needle folded, in UTF-8
     * @return their ids, the highest range first; if the text has one or two characters, no other names contain it, and
     *     none of these does not
     */
    static List<Long> candidates(Statements on, long owner, Collection<Long> ranges, byte[] needle) {
        Set<String> grams = grams(new String(needle, UTF_8));
        Map<Long, List<BitSet>> found = new TreeMap<>(Collections.reverseOrder());
        List<byte[]> wanted = grams.stream().map(gram -> gram.getBytes(UTF_8)).toList();
        for (GramRow row : on.grams().selectGrams(owner, ranges, wanted)) {
            found.computeIfAbsent(row.idRange(), range -> new ArrayList<>()).add(Postings.decode(row.ids()));
        }
        List<Long> candidates = new ArrayList<>();
        found.forEach((range, places) -> {
            if (places.size() == grams.size()) {
                BitSet common = places.get(0);
                places.forEach(common::and);
                common.stream().forEach(place -> candidates.add(ImageRanges.firstId(range) + place));
            }
        });
        return candidates;
    }

    /** Some grams of this text, from its beginning to its end. */
    private static Set<String> grams(String text) {
        int[] codePoints = text.codePoints().toArray();
        if (codePoints.length == 1) {
            return Set.of(text);
        }
        List<String> all = IntStream.range(0, codePoints.length - 1)
                .mapToObj(i -> gram(codePoints, i, 2))
                .distinct()
                .toList();
        int count = Math.min(all.size(), MOST_GRAMS);
        Set<String> some = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(i * all.size() / count));
        }
        return some;
    }

    private static String gram(int[] codePoints, int from, int length) {
        return new String(codePoints, from, length);
    }
}
