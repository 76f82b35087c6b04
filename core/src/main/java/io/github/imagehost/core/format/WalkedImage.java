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
 * @param isLossless whether it is a WebP with something in it that is coded without loss, which refers to pixels far back
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
        boolean isLossless) {

    private static final int FIRST_THAT_SWAPS_SIDES = 5;

    /** A picture that a decoder goes over once, and needs only a few rows of at a time. */
    WalkedImage(ImageType type, int width, int height, int frames, int orientation, long end, Rewrite rewrite) {
        this(type, width, height, frames, orientation, end, rewrite, 1, false);
    }

    /** The width as people see it. */
    public int uprightWidth() {
        return orientation < FIRST_THAT_SWAPS_SIDES ? width : height;
    }

    /** The height as people see it. */
    public int uprightHeight() {
        return orientation < FIRST_THAT_SWAPS_SIDES ? height : width;
    }
}
