package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import java.io.IOException;
import java.io.InputStream;

/**
 * What is known of a picture before anybody decodes it, from its header.
 *
 * @param width of the canvas as it is stored, before its orientation is applied; in pixels
 * @param height of the canvas as it is stored, before its orientation is applied; in pixels
 * @param orientation as in EXIF: 1 is upright, 6 has to be turned clockwise by 90 degrees, and so on to 8. An engine may read it
 *     from the picture itself, so it has to be the one that stands there
 * @param bytes the length of the file
 */
public record SourceImage(ImageType type, int width, int height, int orientation, long bytes) {

    private static final int FIRST_ORIENTATION_ON_ITS_SIDE = 5;
    private static final int LAST_ORIENTATION = 8;

    /** @throws IllegalArgumentException if a number is out of its range */
    public SourceImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A picture has at least one pixel, not " + width + "x" + height);
        }
        if (orientation < 1 || orientation > LAST_ORIENTATION) {
            throw new IllegalArgumentException("Orientations are from 1 to 8, not " + orientation);
        }
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A picture has from 1 to " + Integer.MAX_VALUE + " bytes, not " + bytes);
        }
    }

    /** Whether width and height change places when the orientation is applied. */
    boolean isOnItsSide() {
        return orientation >= FIRST_ORIENTATION_ON_ITS_SIDE;
    }

    long pixels() {
        return (long) width * height;
    }

    /**
     * All bytes of the picture.
     *
     * @throws IOException if the source can't be read, or has another length
     */
    byte[] read(ImageSource source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] content = in.readNBytes((int) bytes);
            if (content.length < bytes || in.read() >= 0) {
                throw new IOException("The picture does not have " + bytes + " bytes");
            }
            return content;
        }
    }
}
