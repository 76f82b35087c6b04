package io.github.imagehost.core.model.access;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How people call an owner. No two owners have the same one.
 *
 * @param value 1 to 64 of the characters {@code a-z}, {@code 0-9}, {@code .}, {@code _}, {@code -} and {@code @}, the
 *     first of them a letter, so that it is never taken for an id
 */
public record OwnerName(String value) {

    /** What is legal, for messages. */
    public static final String RULE =
            "1 to 64 letters (a-z), digits, dots, hyphens, underscores and @, beginning with a letter";

    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9._@-]{0,63}");

    public OwnerName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no name of an owner: legal are " + RULE);
        }
    }

    /**
     * The name as somebody wrote it, in upper or lower case.
     *
     * @throws IllegalArgumentException if it is not legal
     */
    public static OwnerName of(String text) {
        return new OwnerName(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
