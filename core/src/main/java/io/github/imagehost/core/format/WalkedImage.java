package io.github.imagehost.core.format;

import io.github.imagehost.core.model.ImageType;

/**
 * What the structure of a picture says, without a pixel decoded.
 *
 * @param type the format
 * @param width of the canvas as it is stored, in pixels, at least 1
 * @param height of the canvas as it is stored, in pixels, at least 1
 * @param frames how many there are, at least 1
 * @param orientation how the canvas is to be turned and mirrored, 1 to 8 as in Exif (CIPA DC-008, 4.6.4, tag 0112)
 * @param end where the picture ends in the file: what follows does not belong to it
 * @param rewrite the picture without what the policy removes, and without what does not belong to it
 * @param passes how often a decoder goes over the whole of each frame, at least 1
 * @param isLossless whether it is a WebP with something in it that is coded without loss, which refers to pixels far
 *     back
 * @param firstFrame where it lies, and what a decoder has to hold of it
 * @param colours of its pixels
 */
public record WalkedImage(
        ImageType type,
        int width,
        int height,
        int frames,
        int orientation,
        long end,
        Rewrite rewrite,
        int passes,
        boolean isLossless,
        FirstFrame firstFrame,
        Colours colours) {

    private static final int FIRST_THAT_SWAPS_SIDES = 5;

    /** Whether width and height change places when the orientation is applied. */
    public boolean isOnItsSide() {
        return orientation >= FIRST_THAT_SWAPS_SIDES;
    }

    /** The width as people see it. */
    public int uprightWidth() {
        return isOnItsSide() ? height : width;
    }

    /** The height as people see it. */
    public int uprightHeight() {
        return isOnItsSide() ? width : height;
    }
}
