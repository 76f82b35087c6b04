package io.github.imagehost.rest.accesslog;

import com.google.common.base.Splitter;
import io.github.imagehost.core.access.credential.TokenSecret;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of the address that a client asked for may stand in a log: nothing that opens something. */
final class LoggedAddress {

    /** Stands for what is left out. */
    private static final String LEFT_OUT = "***";

    /** Whose values are no secrets. Of all others not even the name is told: it may be what was to be the value. */
    private static final Set<String> HARMLESS = Set.of(
            "action",
            "expiresAt",
            "expiresIn",
            "maxViews",
            "cursor",
            "download",
            "fit",
            "format",
            "h",
            "limit",
            "owner",
            "page",
            "q",
            "search",
            "since",
            "sortBy",
            "sortOrder",
            "visibility",
            "until",
            "w");

    private static final Splitter PARAMETERS = Splitter.on('&').omitEmptyStrings();

    /** What follows the name of a picture there lets its bearer delete it. */
    private static final Pattern DELETE_LINK = Pattern.compile("(/d/[^/]*/).*", Pattern.DOTALL);

    private static final Pattern TOKEN = Pattern.compile(TokenSecret.PREFIX + "\\w*");

    private LoggedAddress() {}

    /** @param path decoded */
    static String path(String path) {
        return withoutTokens(DELETE_LINK.matcher(path).replaceFirst("$1" + LEFT_OUT));
    }

    /** @param query as it came, without the question mark */
    static String query(String query) {
        return PARAMETERS
                .splitToStream(query)
                .map(parameter -> isHarmless(parameter) ? withoutTokens(parameter) : LEFT_OUT)
                .collect(Collectors.joining("&"));
    }

    private static boolean isHarmless(String parameter) {
        int end = parameter.indexOf('=');
        return end > 0 && HARMLESS.contains(parameter.substring(0, end));
    }

    private static String withoutTokens(String text) {
        return TOKEN.matcher(text).replaceAll(TokenSecret.PREFIX + LEFT_OUT);
    }
}
