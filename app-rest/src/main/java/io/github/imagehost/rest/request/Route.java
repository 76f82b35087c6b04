package io.github.imagehost.rest.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Where a request leads, in words that the program has chosen: whatever clients send, there are only so many of them,
 * and no name of a picture is among them.
 *
 * @param method one of HTTP's methods that the service knows, or {@value #OTHER}
 * @param path the pattern of what handled it, such as {@code /i/{filename}}, or {@value #OTHER} if nothing did
 */
public record Route(String method, String path) {

    /** What stands for everything else. */
    public static final String OTHER = "other";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    /** The route of this request; to be asked when it was handled. */
    public static Route of(HttpServletRequest request) {
        String method = request.getMethod();
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return new Route(
                method != null && METHODS.contains(method) ? method : OTHER,
                pattern == null ? OTHER : pattern.toString());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
