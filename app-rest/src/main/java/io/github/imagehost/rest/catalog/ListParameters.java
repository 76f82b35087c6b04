package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.parameter.WholeNumber;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters that say what a list looks like, as they came: absent ones are null. */
record ListParameters(
        @Nullable String page,
        @Nullable String limit,
        @Nullable String sortBy,
        @Nullable String sortOrder,
        @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 20;

    /**
     * The query that they describe, for what this filter lets through.
     *
     * @throws ApiException if one of them is not legal
     */
    ImageQuery toQuery(OwnerId owner, ImageFilter filter) {
        ImageQuery query = ImageQuery.of(owner)
                .sortedBy(sortField(), sortDirection())
                .page(WholeNumber.parse("page", page, 1, Long.MAX_VALUE).orElse(1L))
                .limit(WholeNumber.parse("limit", limit, 1, ImageQuery.MAX_LIMIT)
                        .map(Long::intValue)
                        .orElse(DEFAULT_LIMIT))
                .filter(filter);
        return cursor == null ? query : continued(query, cursor);
    }

    private SortField sortField() {
        if (sortBy == null) {
            return SortField.UPLOAD_TIME;
        }
        return SortField.parse(sortBy)
                .orElseThrow(() -> ApiException.illegalParameter(
                        "sortBy",
                        "legal.one_of",
                        Arrays.stream(SortField.values())
                                .map(SortField::parameter)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    private SortDirection sortDirection() {
        return switch (sortOrder == null ? "desc" : sortOrder.toLowerCase(Locale.ROOT)) {
            case "asc" -> SortDirection.ASCENDING;
            case "desc" -> SortDirection.DESCENDING;
            default -> throw ApiException.illegalParameter("sortOrder", "legal.one_of", "ASC, DESC");
        };
    }

    private ImageQuery continued(ImageQuery query, String text) {
        ImageCursor decoded;
        try {
            decoded = ImageCursor.decode(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.illegalParameter("cursor", "legal.cursor");
        }
        boolean contradicts = page != null
                || (sortBy != null && decoded.field() != query.field())
                || (sortOrder != null && decoded.direction() != query.direction());
        if (contradicts) {
            throw ApiException.illegalParameter("cursor", "legal.cursor");
        }
        return query.from(decoded);
    }
}
