package io.github.imagehost.cli.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address such as {@code s3://bucket/prefix} names.
 *
 * @param prefix what the names of the objects begin with; may be empty
 */
public record SourceBucket(String name, String prefix) {

    private static final String SCHEME = "s3://";
    private static final Pattern LEGAL = Pattern.compile(SCHEME + "([^/]+)(?:/(.*))?");

    /** Whether a text is meant to be one. */
    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    /** Empty if the text names no bucket. */
    public static Optional<SourceBucket> parse(String text) {
        Matcher matcher = LEGAL.matcher(text);
        return matcher.matches()
                ? Optional.of(new SourceBucket(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("")))
                : Optional.empty();
    }
}
