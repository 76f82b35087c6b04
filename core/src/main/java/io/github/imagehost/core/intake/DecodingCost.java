package io.github.imagehost.core.intake;

import com.google.common.math.LongMath;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.webp.WebpCodes;
import io.github.imagehost.core.model.ImageType;

/**
 * What it costs to decode a picture, as far as that can be told before. All factors are estimates, made for the JDK's
 * readers and TwelveMonkeys' one for WebP: they need only tell dear pictures from others.
 *
 * @param work as many times what a pixel of a JPEG with one scan takes, about 10 ns
 * @param bytes how many the decoder holds at the most
 * @param isLeast whether it can't do with less
 */
record DecodingCost(long work, long bytes, boolean isLeast) {

    /** Some 0.3 s. */
    private static final long MOST_WORK_OF_CHEAP = 30_000_000;

    /** Buffers, tables, and the pixels that are kept. */
    private static final long FIXED_BYTES = 1 << 20;

    private static final int WORK_OF_WEBP = 20;
    private static final int WORK_OF_LOSSLESS = 10;
    private static final int WORK_OF_OTHERS = 2;

    /** Of the coefficients of a picture that comes in several scans: two bytes for each of three colours. */
    private static final int BYTES_OF_PROGRESSIVE = 6;

    /** Of a block of four colours, while the codes of a picture are read: a bit for each coefficient. */
    private static final int BYTES_OF_BLOCKS = 4 * Long.BYTES;

    private static final int SIDE_OF_BLOCK = 8;
    /** Its format has no more. */
    private static final long LONGEST_SIDE_OF_JPEG = 0xffff;

    /**
     * Four of the pixel, less than one of the pictures that say how it is coded, and one of the tables for its codes.
     */
    private static final int BYTES_OF_LOSSLESS = 6;

    static DecodingCost of(WalkedImage image) {
        long pixels = (long) image.width() * image.height();
        return new DecodingCost(
                pixels * image.frames() * workOfPixel(image),
                fixedBytes(image) + pixels * bytesOfPixel(image),
                image.type() == ImageType.WEBP);
    }

    /** The most that it may take to read the codes of a JPEG within these limits. */
    static DecodingCost ofCodes(ImageLimits limits) {
        long side = Math.min(limits.maxSide(), LONGEST_SIDE_OF_JPEG);
        long pixels = Math.min(limits.maxPixels(), side * side);
        // those at the right and at the bottom need not be full
        long blocks = pixels / (SIDE_OF_BLOCK * SIDE_OF_BLOCK) + 2 * side / SIDE_OF_BLOCK + 1;
        return new DecodingCost(
                LongMath.saturatedMultiply(pixels, limits.maxScans()), FIXED_BYTES + blocks * BYTES_OF_BLOCKS, false);
    }

    /** What it takes to walk through a file once. */
    static DecodingCost ofWalk(long size) {
        return new DecodingCost(size, FIXED_BYTES, false);
    }

    private static int workOfPixel(WalkedImage image) {
        return switch (image.type()) {
            case JPEG -> image.passes();
            case PNG, GIF -> WORK_OF_OTHERS;
            case WEBP -> image.isLossless() ? WORK_OF_LOSSLESS : WORK_OF_WEBP;
        };
    }

    private static long fixedBytes(WalkedImage image) {
        return FIXED_BYTES + (image.isLossless() ? WebpCodes.FREE_BYTES : 0);
    }

    private static int bytesOfPixel(WalkedImage image) {
        return switch (image.type()) {
            case JPEG -> image.passes() > 1 ? BYTES_OF_PROGRESSIVE : 0;
            case PNG, GIF -> 0;
            case WEBP -> image.isLossless() ? BYTES_OF_LOSSLESS : 1;
        };
    }

    /** How many pixels a picture of this kind may have to be decoded in so much memory. */
    static long mostPixels(WalkedImage image, long memory) {
        return (memory - fixedBytes(image)) / bytesOfPixel(image);
    }

    boolean isCheap() {
        return work <= MOST_WORK_OF_CHEAP;
    }
}
