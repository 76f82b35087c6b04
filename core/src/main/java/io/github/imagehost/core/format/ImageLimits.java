package io.github.imagehost.core.format;

/**
 * How much work a picture may make for whoever decodes it. A few bytes can claim billions of pixels.
 *
 * @param maxPixels of the canvas and of each frame, at least 1
 * @param maxAnimationPixels of all frames of an animation together, at least 1. A frame counts with its own rectangle,
 *     and at least with a sixteenth of the canvas, which viewers copy for each
 * @param maxSide the greatest width and height of the canvas and of each frame, in pixels, at least 1
 * @param maxFrames of an animation, at least 1
 * @param maxScans of a JPEG, each of which a decoder goes over the whole picture for, at least 1
 * @param maxMetadataBytes of all metadata together, also when it is inflated, at least 0
 */
public record ImageLimits(
        long maxPixels, long maxAnimationPixels, int maxSide, int maxFrames, int maxScans, int maxMetadataBytes) {

    /**
     * 50 megapixels, 1.5 gigapixels in an animation, sides of 30,000 pixels, 5,000 frames, 50 scans, 4 MiB of metadata.
     */
    public static final ImageLimits DEFAULT =
            new ImageLimits(50_000_000, 1_500_000_000, 30_000, 5_000, 50, 4 * 1024 * 1024);

    /** For pictures that were within the limits when they came in. */
    public static final ImageLimits UNLIMITED = new ImageLimits(
            Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public ImageLimits {
        if (maxPixels < 1
                || maxAnimationPixels < 1
                || maxSide < 1
                || maxFrames < 1
                || maxScans < 1
                || maxMetadataBytes < 0) {
            throw new IllegalArgumentException(
                    "Limits of pixels, sides, frames and scans are at least 1, and of metadata 0, not " + maxPixels
                            + ", " + maxAnimationPixels + ", " + maxSide + ", " + maxFrames + ", " + maxScans + " and "
                            + maxMetadataBytes);
        }
    }
}
