package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.ImageCursor;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.SortDirection;
import io.github.imagehost.core.model.SortField;
import io.github.imagehost.rest.error.ApiException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of a list, as they came: absent ones are null. */
record ListParameters(
        @Nullable String page,
        @Nullable String limit,
        @Nullable String search,
        @Nullable String sortBy,
        @Nullable String sortOrder,
        @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_DIGITS = 18;

    /**
     * The query that they describe.
     *
     * @throws ApiException if one of them is not legal
     */
    ImageQuery toQuery(OwnerId owner) {
        ImageQuery query = ImageQuery.of(owner)
                .sortedBy(sortField(), sortDirection())
                .page(wholeNumber("page", page, 1, Long.MAX_VALUE))
                .limit((int) wholeNumber("limit", limit, DEFAULT_LIMIT, ImageQuery.MAX_LIMIT))
                .search(search == null ? "" : search);
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

    private static long wholeNumber(String name, @Nullable String text, long ifAbsent, long max) {
        if (text == null) {
            return ifAbsent;
        }
        boolean isNumber = text.matches("[0-9]{1," + MAX_DIGITS + "}");
        long number = isNumber ? Long.parseLong(text) : 0;
        if (number < 1 || number > max) {
            throw max == Long.MAX_VALUE
                    ? ApiException.illegalParameter(name, "legal.whole_number_from", "1")
                    : ApiException.illegalParameter(name, "legal.whole_number_between", "1", String.valueOf(max));
        }
        return number;
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
