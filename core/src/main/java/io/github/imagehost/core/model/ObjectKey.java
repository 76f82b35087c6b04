package io.github.imagehost.core.model;

import java.util.regex.Pattern;

/**
 * Where content lies in a store: one or more segments separated by {@code /}. Keys are ordered by their characters, which
 * is the order in which stores list them.
 *
 * @param value at most 200 characters; each segment consists of {@code a-z A-Z 0-9 . _ -} and does not start with a dot,
 *     so that a key can neither leave its root nor name a hidden file; the first segment has at least two characters
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The longest key there can be. */
    public static final int MAX_LENGTH = 200;

    private static final String SEGMENT_START = "[A-Za-z0-9_-]";
    private static final String CHARACTER = "[A-Za-z0-9._-]";
    private static final Pattern LEGAL =
            Pattern.compile(SEGMENT_START + CHARACTER + "+(/" + SEGMENT_START + CHARACTER + "*)*");

    public ObjectKey {
        if (value.length() > MAX_LENGTH || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Not an object key: '" + value + "' (legal are at most " + MAX_LENGTH
                            + " characters, in segments of a-z A-Z 0-9 . _ - that do not start with a dot, the first of at least two)");
        }
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
