package io.github.imagehost.core.model;

import java.util.regex.Pattern;

/**
 * Where content lies in a store: one or more segments separated by {@code /}. Keys are ordered by their characters,
 * which is the order in which stores list them.
 *
 * @param value 2 to 200 characters; each segment consists of {@code a-z A-Z 0-9 . _ -} and does not start with a dot,
 *     so that a key can neither leave its root nor name a hidden file
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The longest key there can be. */
    public static final int MAX_LENGTH = 200;

    private static final int MIN_LENGTH = 2;

    /** What a key may be, as the end of the sentence "legal are …". */
    public static final String RULE = MIN_LENGTH + " to " + MAX_LENGTH
            + " characters, in segments of a-z A-Z 0-9 . _ - that do not start with a dot";

    /** What {@link #prefix} takes, as the end of the sentence "legal is …". */
    public static final String PREFIX_RULE =
            "segments such as images/ of a-z A-Z 0-9 . _ - that do not start with a dot, without a leading slash";

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern LEGAL = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
    private static final Pattern LEGAL_PREFIX = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*/?");

    public ObjectKey {
        boolean legalLength = value.length() >= MIN_LENGTH && value.length() <= MAX_LENGTH;
        if (!legalLength || !LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an object key: '" + value + "' (legal are " + RULE + ")");
        }
    }

    /**
     * What may stand before all keys of a store that is shared with others.
     *
     * @param text segments as those of a key, with or without a slash at their end
     * @return the segments with a slash at their end
     * @throws IllegalArgumentException if the text is anything else
     */
    public static String prefix(String text) {
        if (!LEGAL_PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("Not a prefix of object keys: legal is " + PREFIX_RULE);
        }
        return text.endsWith("/") ? text : text + "/";
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
