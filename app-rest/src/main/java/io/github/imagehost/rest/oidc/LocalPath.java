package io.github.imagehost.rest.oidc;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path of this service, to which a browser may be sent whoever asks for it: no way of writing it leads to another
 * host.
 *
 * @param value begins with one slash, and has neither two of them in a row nor a backslash anywhere, also not
 *     percent-encoded; at most 1,000 characters, since browsers keep it in a cookie of at most 4,096 bytes meanwhile
 */
record LocalPath(String value) {

    private static final String CHARACTERS =
            "(?:[A-Za-z0-9._~!$'()*+,;:@/?&=-]|%(?!2[fF]|5[cC]|[01]|7[fF])[0-9A-Fa-f]{2})*";

    private static final int MAX_LENGTH = 1000;

    private static final Pattern LEGAL = Pattern.compile("(?!.*//)/" + CHARACTERS + "(?:#" + CHARACTERS + ")?");

    static final LocalPath ROOT = new LocalPath("/");

    LocalPath {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("No path of this service");
        }
    }

    /** The path that is written so; empty if none is. */
    static Optional<LocalPath> parse(String text) {
        return isLegal(text) ? Optional.of(new LocalPath(text)) : Optional.empty();
    }

    private static boolean isLegal(String text) {
        return text.length() <= MAX_LENGTH && LEGAL.matcher(text).matches();
    }
}
