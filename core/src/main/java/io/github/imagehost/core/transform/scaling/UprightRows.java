package io.github.imagehost.core.transform.scaling;

import io.github.imagehost.core.transform.Framing;
import java.awt.Rectangle;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result that does not fit into memory, upright and in sRGB, from top to bottom. The picture is decoded
 * once for each part of the result. For one thread.
 */
public final class UprightRows {

    /** Orientation and colours are converted for as many rows at once. */
    private static final int BAND = 64;

    private static final int FIRST_ORIENTATION_FROM_RIGHT = 7;

    private final int width;
    private final int height;
    private final int orientation;
    private final int rowsOfPart;
    private final Optional<ICC_Profile> profile;
    private final Function<Rectangle, Pixels> decoder;
    private int firstOfPart;
    private int firstOfBand;

    private Pixels part;
    private @Nullable Raster band;
    private int imageType;

    /**
     * @param framing of the whole result, as the picture is stored
     * @param rowsOfPart how many upright rows are decoded at once
     * @param profile of the colours as they are decoded
     * @param decoder decodes a rectangle of the result, as the picture is stored
     */
    public UprightRows(
            Framing framing,
            int orientation,
            int rowsOfPart,
            Optional<ICC_Profile> profile,
            Function<Rectangle, Pixels> decoder) {
        boolean onItsSide = isOnItsSide(orientation);
        this.width = onItsSide ? framing.height() : framing.width();
        this.height = onItsSide ? framing.width() : framing.height();
        this.orientation = orientation;
        this.rowsOfPart = rowsOfPart;
        this.profile = profile;
        this.decoder = decoder;
        this.part = decoder.apply(stored(0, Math.min(rowsOfPart, height), height));
    }

    private static boolean isOnItsSide(int orientation) {
        return orientation >= 5;
    }

    /** As an image for the JDK's writers of JPEG and PNG. */
    public BufferedImage image(boolean isOpaque) {
        imageType = isOpaque || !part.hasAlpha() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
        return RowSource.image(width, height, new BufferedImage(1, 1, imageType), this::row);
    }

    private Raster row(int y) {
        if (y >= firstOfPart + rowsOfPart) {
            firstOfPart = y;
            part = decoder.apply(stored(y, Math.min(y + rowsOfPart, height), height));
            band = null;
        }
        if (band == null || y >= firstOfBand + band.getHeight()) {
            firstOfBand = y;
            band = convert(y, Math.min(Math.min(y + BAND, firstOfPart + rowsOfPart), height));
        }
        return band.createChild(0, y - firstOfBand, width, 1, 0, 0, null);
    }

    private Raster convert(int first, int end) {
        int rows = Math.min(rowsOfPart, height - firstOfPart);
        Pixels upright =
                part.crop(stored(first - firstOfPart, end - firstOfPart, rows)).upright(orientation);
        return profile.map(upright::toSrgb).orElse(upright).toImage(imageType).getRaster();
    }

    /** Where these rows are as the picture is stored, if there are so many in all. */
    private Rectangle stored(int first, int end, int all) {
        boolean isReversed = orientation == 3 || orientation == 4 || orientation >= FIRST_ORIENTATION_FROM_RIGHT;
        int from = isReversed ? all - end : first;
        return isOnItsSide(orientation)
                ? new Rectangle(from, 0, end - first, width)
                : new Rectangle(0, from, width, end - first);
    }
}
