package io.github.imagehost.rest.delivery;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * What a client knows of some content already (RFC 9110, 13), and which content there is. Of what nobody may keep,
 * nobody knows anything.
 */
final class Preconditions {

    private final HttpServletRequest request;
    private final ETag current;
    private final Caching caching;

    Preconditions(HttpServletRequest request, String digest, Caching caching) {
        this.request = request;
        this.current = new ETag(digest, false);
        this.caching = caching;
    }

    Caching caching() {
        return caching;
    }

    /** The strong entity tag of the content; empty if nobody may keep it. */
    Optional<String> etag() {
        return caching.isAllowed() ? Optional.of(current.formattedTag()) : Optional.empty();
    }

    /** Whether the client wants other content than there is ({@code If-Match}, compared strongly). */
    boolean fail() {
        String expected = header(HttpHeaders.IF_MATCH);
        return !expected.isEmpty() && !matches(expected, true);
    }

    /** Whether the client has the content ({@code If-None-Match}, compared weakly). */
    boolean clientHasContent() {
        String known = header(HttpHeaders.IF_NONE_MATCH);
        return !known.isEmpty() && matches(known, false);
    }

    /** Whether a range is meant for the content ({@code If-Range}); a date never is, since the content has none. */
    boolean rangeApplies() {
        @Nullable String meant = request.getHeader(HttpHeaders.IF_RANGE);
        return meant == null || etag().filter(meant::equals).isPresent();
    }

    /** All lines of a list; empty if there is none. */
    private String header(String name) {
        return caching.isAllowed() ? all(name) : "";
    }

    private String all(String name) {
        return String.join(", ", Collections.list(request.getHeaders(name)));
    }

    private boolean matches(String tags, boolean strongly) {
        List<ETag> candidates = ETag.parse(tags);
        return candidates.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, strongly));
    }
}
