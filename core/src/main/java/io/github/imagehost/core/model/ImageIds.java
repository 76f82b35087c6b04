package io.github.imagehost.core.model;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads ids of images as people write them, strictly: {@code 26abc} is no id, and {@code +26} is no id. */
public final class ImageIds {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]+");

    private ImageIds() {}

    /** Whether this is a number, and so can't be anything but an id. */
    public static boolean isNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches();
    }

    /**
     * The id in this text.
     *
     * @return a whole number from 1, {@link Long#MAX_VALUE} for all that are larger, which are legal, but of no image;
     *     empty for any other text
     */
    public static OptionalLong parse(String text) {
        if (!isNumber(text)) {
            return OptionalLong.empty();
        }
        long id = positive(text);
        return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    private static long positive(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
