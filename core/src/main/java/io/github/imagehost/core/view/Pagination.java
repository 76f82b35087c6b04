package io.github.imagehost.core.view;

import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import java.util.Optional;

/**
 * Where a page stands in its list.
 *
 * @param currentPage counted from 1
 * @param totalPages how many there are; 0 for an empty list
 * @param totalItems how many images the whole list has
 * @param hasNext whether there is a page behind this one
 * @param hasPrev whether there is a page before this one
 * @param nextCursor where the next page continues; empty on the last one
 * @param totalIsEstimate whether the numbers of images and pages are only about right
 */
public record Pagination(
        long currentPage,
        long totalPages,
        long totalItems,
        boolean hasNext,
        boolean hasPrev,
        Optional<String> nextCursor,
        boolean totalIsEstimate) {

    /** The place of this page, which is the answer to this query. */
    public static Pagination of(ImageQuery query, ImagePage page) {
        long totalPages = (page.totalItems() + query.limit() - 1) / query.limit();
        return new Pagination(
                query.page(),
                totalPages,
                page.totalItems(),
                page.next().isPresent(),
                query.page() > 1 && totalPages > 0,
                page.next().map(ImageCursor::encode),
                page.totalIsEstimate());
    }
}
