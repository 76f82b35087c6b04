package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import java.util.OptionalInt;

/**
 * What a rendered picture should be like. No picture is ever enlarged: a box that is larger than the picture is taken for a
 * smaller one, with {@link Fit#COVER} of the same shape.
 *
 * @param width of the box, in pixels; empty if only its height matters, or neither
 * @param height of the box, in pixels; empty if only its width matters, or neither
 * @param fit matters only if the box has both a width and a height
 * @param format anything but GIF
 * @param quality from 1, the smallest file, to 100, the best picture; PNG loses nothing, whatever the quality
 */
public record Transformation(OptionalInt width, OptionalInt height, Fit fit, ImageType format, int quality) {

    /** The longest side of a box, in pixels: no WebP can be larger. */
    public static final int MAX_SIDE = 16383;

    private static final int MAX_QUALITY = 100;

    /** @throws IllegalArgumentException if a number is out of its range, or the format can't be written */
    public Transformation {
        width.ifPresent(pixels -> requireRange("width", pixels, MAX_SIDE));
        height.ifPresent(pixels -> requireRange("height", pixels, MAX_SIDE));
        requireRange("quality", quality, MAX_QUALITY);
        if (format == ImageType.GIF) {
            throw new IllegalArgumentException("Pictures are rendered as JPEG, PNG or WebP, not as GIF");
        }
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("The " + name + " is from 1 to " + max + ", not " + value);
        }
    }
}
