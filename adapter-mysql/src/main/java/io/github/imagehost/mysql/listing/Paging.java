package io.github.imagehost.mysql.listing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.mysql.row.image.ImageRow;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.row.listing.KeyRow;
import io.github.imagehost.mysql.row.listing.PageSelection;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which part of a list a query wants, and how that is answered. */
record Paging(ImageQuery query) {

    boolean isDescending() {
        return query.direction() == SortDirection.DESCENDING;
    }

    boolean isBehindTheEnd(long total) {
        return query.cursor().isEmpty() && query.offset() >= total;
    }

    /** The page, and one image more. */
    PageSelection selection() {
        return selection(query.limit() + 1, offset());
    }

    /** The one image that stands so many places behind the cursor, or behind the start if there is none. */
    PageSelection single(long place) {
        return selection(1, place);
    }

    private PageSelection selection(int limit, long offset) {
        ImageCursor cursor = query.cursor().orElse(null);
        return new PageSelection(
                query.field(),
                isDescending(),
                null,
                cursor == null ? null : KeyRow.valueOf(cursor),
                cursor == null ? 0 : cursor.id(),
                limit,
                offset);
    }

    /** How many images of the list are passed over or read for the page, and one more. */
    long length() {
        return offset() + query.limit() + 1;
    }

    private long offset() {
        return query.cursor().isPresent() ? 0 : query.offset();
    }

    static ImagePage nothing(long total) {
        return new ImagePage(List.of(), total, false, Optional.empty());
    }

    /** @param found the page and one image more, if there is one */
    ImagePage answer(List<Image> found, long total, boolean isEstimate) {
        if (found.size() <= query.limit()) {
            return new ImagePage(found, total, isEstimate, Optional.empty());
        }
        List<Image> page = found.subList(0, query.limit());
        return new ImagePage(page, total, isEstimate, Optional.of(query.cursorAfter(page.get(page.size() - 1))));
    }

    /** @param keys all images that are wanted, in no order */
    ImagePage few(Statements on, List<KeyRow> keys) {
        Comparator<KeyRow> order = isDescending() ? KeyRow.ORDER.reversed() : KeyRow.ORDER;
        List<KeyRow> sorted = new ArrayList<>(keys);
        sorted.sort(order);
        long before = query.cursor()
                .map(cursor -> KeyRow.of(cursor.id(), KeyRow.valueOf(cursor)))
                .map(last -> sorted.stream()
                        .filter(key -> order.compare(key, last) <= 0)
                        .count())
                .orElse(query.offset());
        List<Long> ids = sorted.stream()
                .skip(before)
                .limit(query.limit() + 1L)
                .map(KeyRow::id)
                .toList();
        if (ids.isEmpty()) {
            return nothing(keys.size());
        }
        Map<Long, Image> found =
                images(on.images().selectByIds(ids)).stream().collect(Collectors.toMap(Image::id, Function.identity()));
        return answer(ids.stream().map(found::get).toList(), keys.size(), false);
    }

    static List<Image> images(List<ImageRow> rows) {
        return rows.stream().map(ImageRows::toImage).toList();
    }
}
