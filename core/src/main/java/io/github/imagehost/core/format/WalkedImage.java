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
 */
public record WalkedImage(
        ImageType type, int width, int height, int frames, int orientation, long end, Rewrite rewrite) {

    private static final int FIRST_THAT_SWAPS_SIDES = 5;

    /** The width as people see it. */
    public int uprightWidth() {
        return orientation < FIRST_THAT_SWAPS_SIDES ? width : height;
    }

    /** The height as people see it. */
    public int uprightHeight() {
        return orientation < FIRST_THAT_SWAPS_SIDES ? height : width;
    }
}
