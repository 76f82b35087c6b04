package io.github.imagehost.cli;

import java.util.regex.Pattern;

/** Reads ids strictly: {@code 26abc} is none. */
final class ImageIds {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");
    private static final int MAX_DIGITS = 18;

    private ImageIds() {}

    /** Whether this is a number, and so can't be anything but an id. */
    static boolean looksLikeId(String text) {
        return WHOLE_NUMBER.matcher(text).matches();
    }

    /**
     * @throws IllegalArgumentException if the text is not a whole number from 1
     */
    static long parse(String text) {
        if (!looksLikeId(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an image id, which is a whole number from 1");
        }
        String digits = LEADING_ZEROS.matcher(text).replaceFirst("");
        if (digits.isEmpty()) {
            throw new IllegalArgumentException("An image id is a whole number from 1, not 0");
        }
        // larger than any id: legal, but of no image
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
