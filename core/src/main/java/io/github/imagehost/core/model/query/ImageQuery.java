package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import java.util.Optional;

/**
 * Which images to list, in which order, and which page of them. Start with {@link #of} and narrow it with the other
 * methods, each of which returns a new query.
 *
 * @param owner whose images
 * @param filter which of them
 * @param field what to sort by
 * @param direction in which direction
 * @param page which page, counted from 1; with a cursor, the cursor's page
 * @param limit how many images make a page, 1 to {@value #MAX_LIMIT}
 * @param cursor where to continue, instead of counting pages from the start
 */
public record ImageQuery(
        OwnerId owner,
        ImageFilter filter,
        SortField field,
        SortDirection direction,
        long page,
        int limit,
        Optional<ImageCursor> cursor) {

    /** The largest page there can be. */
    public static final int MAX_LIMIT = 100;

    private static final int DEFAULT_LIMIT = 20;

    public ImageQuery {
        if (page < 1) {
            throw new IllegalArgumentException("A page is a whole number from 1, not " + page);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A limit is a whole number from 1 to " + MAX_LIMIT + ", not " + limit);
        }
        if (cursor.isPresent() && (cursor.get().field() != field || cursor.get().direction() != direction)) {
            throw new IllegalArgumentException("The cursor belongs to a list in another order");
        }
    }

    /** The first 20 images of this owner, newest first. */
    public static ImageQuery of(OwnerId owner) {
        return new ImageQuery(
                owner,
                ImageFilter.ALL,
                SortField.UPLOAD_TIME,
                SortDirection.DESCENDING,
                1,
                DEFAULT_LIMIT,
                Optional.empty());
    }

    /** The same query for images that this text {@linkplain SearchText finds}. */
    public ImageQuery search(String text) {
        return filter(filter.text(text));
    }

    /** The same query for images that this filter lets through. */
    public ImageQuery filter(ImageFilter newFilter) {
        return new ImageQuery(owner, newFilter, field, direction, page, limit, cursor);
    }

    /** The same query in this order, from the first page. */
    public ImageQuery sortedBy(SortField newField, SortDirection newDirection) {
        return new ImageQuery(owner, filter, newField, newDirection, 1, limit, Optional.empty());
    }

    /**
     * The same query for this page.
     *
     * @throws IllegalArgumentException if the page is below 1
     */
    public ImageQuery page(long newPage) {
        return new ImageQuery(owner, filter, field, direction, newPage, limit, Optional.empty());
    }

    /**
     * The same query with pages of this size.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@value #MAX_LIMIT}
     */
    public ImageQuery limit(int newLimit) {
        return new ImageQuery(owner, filter, field, direction, page, newLimit, cursor);
    }

    /** The same query continued from this cursor, in the cursor's order. */
    public ImageQuery from(ImageCursor newCursor) {
        return new ImageQuery(
                owner,
                filter,
                newCursor.field(),
                newCursor.direction(),
                newCursor.page(),
                limit,
                Optional.of(newCursor));
    }

    /** How many images lie before the wanted page when it is counted from the start; {@link Long#MAX_VALUE} at most. */
    public long offset() {
        long pagesBefore = page - 1;
        return pagesBefore > Long.MAX_VALUE / limit ? Long.MAX_VALUE : pagesBefore * limit;
    }

    /** The cursor behind the last of these images, which are the wanted page. */
    public ImageCursor cursorAfter(Image last) {
        long nextPage = Math.min(page, Long.MAX_VALUE - 1) + 1;
        return ImageCursor.after(last, field, direction, nextPage);
    }
}
