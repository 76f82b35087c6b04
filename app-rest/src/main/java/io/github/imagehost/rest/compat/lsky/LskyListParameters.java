package io.github.imagehost.rest.compat.lsky;

import com.google.common.base.Strings;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * The query parameters that say what a list looks like. As with Lsky Pro, those that mean nothing do no harm; among
 * them is the permission: that is about a gallery, which is not here.
 */
final class LskyListParameters {

    private static final Pattern PAGE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final List<String> KEPT = List.of("order", "permission", LskyAlbums.FIELD, "keyword");

    private final HttpServletRequest request;

    LskyListParameters(HttpServletRequest request) {
        this.request = request;
    }

    /** The number of the page, from 1. */
    long page() {
        String page = text("page");
        return PAGE.matcher(page).matches() ? Long.parseLong(page) : 1;
    }

    /** The id of an album, as it came; empty if they are not about what is in one. */
    String album() {
        return text(LskyAlbums.FIELD);
    }

    /** What the names of albums have to contain. */
    String keyword() {
        return text("keyword");
    }

    /** The order as it came. */
    String order() {
        return text("order");
    }

    /** The query that they describe, but for the album. */
    ImageQuery toQuery(OwnerId owner) {
        ImageQuery query = ImageQuery.of(owner).filter(ImageFilter.ALL.text(keyword()));
        ImageQuery sorted = switch (order()) {
            case "earliest" -> query.sortedBy(SortField.UPLOAD_TIME, SortDirection.ASCENDING);
            case "utmost" -> query.sortedBy(SortField.FILE_SIZE, SortDirection.DESCENDING);
            case "least" -> query.sortedBy(SortField.FILE_SIZE, SortDirection.ASCENDING);
            default -> query.sortedBy(SortField.UPLOAD_TIME, SortDirection.DESCENDING);
        };
        return sorted.limit(LskyPage.SIZE).page(page());
    }

    /** All but the page, as they stand in an address; empty or with an ampersand at its end. */
    String query() {
        StringBuilder query = new StringBuilder();
        for (String name : KEPT) {
            String value = text(name);
            if (!value.isEmpty()) {
                query.append(name)
                        .append('=')
                        .append(UriUtils.encode(value, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return query.toString();
    }

    private String text(String name) {
        return Strings.nullToEmpty(request.getParameter(name));
    }
}
