package io.github.imagehost.core.format;

import io.github.imagehost.core.format.ImageLimitException.Excess;

/** Counts what a picture asks for, and objects when that is more than the limits allow. For one walk. */
public final class Budget {

    /**
     * What a viewer does with a canvas for each frame, beside decoding that, costs about as much as so many of its
     * pixels.
     */
    private static final int CANVAS_SHARE = 16;

    private final ImageLimits limits;
    private long canvasPixels;
    private long framePixels;
    private int frames;
    private int scans;
    private long metadataBytes;

    /** @param limits of one file */
    public Budget(ImageLimits limits) {
        this.limits = limits;
    }

    /** Frames that were counted so far. */
    public int frames() {
        return frames;
    }

    /** Scans that were counted so far. */
    public int scans() {
        return scans;
    }

    public void canvas(int width, int height) throws ImageLimitException {
        canvasPixels = pixels(width, height);
    }

    /** A frame with its own rectangle. Decoders go over that alone, and viewers copy the canvas that they put it on. */
    public void frame(int width, int height) throws ImageLimitException {
        frames++;
        require(frames, limits.maxFrames(), Excess.FRAMES);
        framePixels += Math.max(pixels(width, height), canvasPixels / CANVAS_SHARE);
        if (frames > 1) {
            require(framePixels, limits.maxAnimationPixels(), Excess.ANIMATION_PIXELS);
        }
    }

    /** Counts a scan of a JPEG. */
    public void scan() throws ImageLimitException {
        scans++;
        require(scans, limits.maxScans(), Excess.SCANS);
    }

    /** To be called before as many bytes are read into memory. */
    public void metadata(long bytes) throws ImageLimitException {
        metadataBytes += bytes;
        require(metadataBytes, limits.maxMetadataBytes(), Excess.METADATA);
    }

    long metadataLeft() {
        return limits.maxMetadataBytes() - metadataBytes;
    }

    private long pixels(int width, int height) throws ImageLimitException {
        require(Math.max(width, height), limits.maxSide(), Excess.SIDE);
        long pixels = (long) width * height;
        require(pixels, limits.maxPixels(), Excess.PIXELS);
        return pixels;
    }

    private static void require(long value, long limit, Excess excess) throws ImageLimitException {
        if (value > limit) {
            throw new ImageLimitException(excess, limit);
        }
    }
}
