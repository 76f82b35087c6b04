package io.github.imagehost.core.transform;

import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import java.awt.Rectangle;

/**
 * Which part of a picture is shown in how many pixels. All of it is as the picture is stored, before its orientation is
 * applied.
 *
 * @param left where the part begins, in pixels of the source
 * @param top where the part begins, in pixels of the source
 * @param sourceWidth of the part, at least {@code width}
 * @param sourceHeight of the part, at least {@code height}
 */
public record Framing(double left, double top, double sourceWidth, double sourceHeight, int width, int height) {

    /** Of a picture that is taken for upright as long as nobody knows better. */
    public static Framing of(SourceImage image, Transformation transformation) {
        return of(image.width(), image.height(), false, transformation);
    }

    /** Of a picture that was looked at. */
    public static Framing of(WalkedImage image, Transformation transformation) {
        return of(image.width(), image.height(), image.isOnItsSide(), transformation);
    }

    /** Of a picture that is stored with as many pixels. */
    static Framing of(int sourceWidth, int sourceHeight, boolean onItsSide, Transformation transformation) {
        int boxWidth = (onItsSide ? transformation.height() : transformation.width()).orElse(Integer.MAX_VALUE);
        int boxHeight = (onItsSide ? transformation.width() : transformation.height()).orElse(Integer.MAX_VALUE);
        boolean cover = transformation.fit() == Fit.COVER
                && transformation.width().isPresent()
                && transformation.height().isPresent();
        return cover
                ? cover(sourceWidth, sourceHeight, boxWidth, boxHeight)
                : inside(sourceWidth, sourceHeight, boxWidth, boxHeight);
    }

    private static Framing inside(int sourceWidth, int sourceHeight, int boxWidth, int boxHeight) {
        double scale = Math.min(1, Math.min((double) boxWidth / sourceWidth, (double) boxHeight / sourceHeight));
        return new Framing(0, 0, sourceWidth, sourceHeight, pixels(sourceWidth * scale), pixels(sourceHeight * scale));
    }

    private static Framing cover(int sourceWidth, int sourceHeight, int boxWidth, int boxHeight) {
        double shrinkBox = Math.min(1, Math.min((double) sourceWidth / boxWidth, (double) sourceHeight / boxHeight));
        int width = pixels(boxWidth * shrinkBox);
        int height = pixels(boxHeight * shrinkBox);
        double cell = Math.min((double) sourceWidth / width, (double) sourceHeight / height);
        double shownWidth = width * cell;
        double shownHeight = height * cell;
        return new Framing(
                (sourceWidth - shownWidth) / 2,
                (sourceHeight - shownHeight) / 2,
                shownWidth,
                shownHeight,
                width,
                height);
    }

    private static int pixels(double length) {
        return Math.max(1, (int) Math.round(length));
    }

    /** A part of what is shown, by its rectangle in the result, before its orientation is applied. */
    public Framing part(Rectangle result) {
        double cellWidth = sourceWidth / width;
        double cellHeight = sourceHeight / height;
        return new Framing(
                left + result.x * cellWidth,
                top + result.y * cellHeight,
                result.width * cellWidth,
                result.height * cellHeight,
                result.width,
                result.height);
    }

    /**
     * Fails if the result is too large for its format.
     *
     * @throws IllegalArgumentException if it is
     */
    public void requireWritable(ImageType format, long mostPixels) {
        int longest = Transformation.longestSide(format);
        if (Math.max(width, height) > longest || (long) width * height > mostPixels) {
            throw new IllegalArgumentException("A " + format + " has at most " + longest + " pixels on a side and "
                    + mostPixels + " pixels here, not " + width + "x" + height);
        }
    }

    /** Whether nothing of the picture is left out. */
    public boolean isWhole(WalkedImage image) {
        return sourceWidth == image.width() && sourceHeight == image.height();
    }
}
