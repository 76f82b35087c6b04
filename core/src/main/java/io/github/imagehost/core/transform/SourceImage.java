package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;

/**
 * What is known of a picture before anybody reads it.
 *
 * @param width of the canvas as people see it, in pixels
 * @param height of the canvas as people see it, in pixels
 * @param bytes the length of the file
 */
public record SourceImage(ImageType type, int width, int height, long bytes) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public SourceImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A picture has at least one pixel, not " + width + "x" + height);
        }
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A picture has from 1 to " + Integer.MAX_VALUE + " bytes, not " + bytes);
        }
    }
}
