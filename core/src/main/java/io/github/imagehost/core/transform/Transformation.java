package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import java.awt.Dimension;
import java.util.OptionalInt;

/**
 * What a rendered picture should be like. No picture is ever enlarged: a box that is larger than the picture is taken
 * for a smaller one, with {@link Fit#COVER} of the same shape.
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

    /** What libjpeg writes at most (its {@code JPEG_MAX_DIMENSION}). */
    private static final int LONGEST_JPEG = 65_500;

    private static final int LONGEST_GIF = 65_535;
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

    /**
     * How many pixels the result has.
     *
     * @param uprightWidth of the picture, in pixels, with its orientation applied
     * @param uprightHeight of the picture, in pixels, with its orientation applied
     */
    public Dimension resultOf(int uprightWidth, int uprightHeight) {
        Framing framing = Framing.of(uprightWidth, uprightHeight, false, this);
        return new Dimension(framing.width(), framing.height());
    }

    /** The longest side, in pixels, that a picture of this format can have. */
    public static int longestSide(ImageType format) {
        return switch (format) {
            case WEBP -> MAX_SIDE;
            case JPEG -> LONGEST_JPEG;
            case PNG -> Integer.MAX_VALUE;
            case GIF -> LONGEST_GIF;
        };
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("The " + name + " is from 1 to " + max + ", not " + value);
        }
    }
}
