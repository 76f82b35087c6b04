package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.MalformedImageException;
import java.util.Arrays;

/** One of the colours of a JPEG (ITU-T T.81, B.2.2), and what has come of it. For one thread. */
final class JpegComponent {

    /** Of a block. */
    static final int COEFFICIENTS = 64;

    private static final int BLOCK = 8;
    private static final int HIGHEST_SAMPLING = 4;
    private static final int ALL = -1;

    private final int id;
    private final int horizontal;
    private final int vertical;
    private boolean hasMeans;
    private int blocks;
    /** How many of the lowest bits of each coefficient have not come yet. */
    private final int[] missingBits = new int[COEFFICIENTS];

    /** The coefficients of each block that are known not to be 0; without an element until one is. */
    private long[] notZero = {};

    JpegComponent(int id, int sampling) {
        this.id = id;
        this.horizontal = sampling >> 4;
        this.vertical = sampling & 0xf;
        Arrays.fill(missingBits, ALL);
    }

    int id() {
        return id;
    }

    int horizontal() {
        return horizontal;
    }

    int vertical() {
        return vertical;
    }

    boolean isSampled() {
        return horizontal >= 1 && horizontal <= HIGHEST_SAMPLING && vertical >= 1 && vertical <= HIGHEST_SAMPLING;
    }

    /** To be called when the sampling of all components is known. */
    void cover(int width, int height, int highestHorizontal, int highestVertical) {
        blocks = blocks(width, horizontal, highestHorizontal) * blocks(height, vertical, highestVertical);
    }

    private static int blocks(int pixels, int sampling, int highest) {
        int samples = (pixels * sampling + highest - 1) / highest;
        return (samples + BLOCK - 1) / BLOCK;
    }

    /** How many blocks it takes to cover the picture. */
    int blocks() {
        return blocks;
    }

    boolean hasMeans() {
        return hasMeans;
    }

    void meansHaveCome() {
        hasMeans = true;
    }

    /**
     * Notes that bits of some coefficients have come (T.81, G.1.1.1.2).
     *
     * @param before how many of the lowest bits were missing before, 0 if all were
     * @param after how many still are
     * @throws MalformedImageException if it is not their turn
     */
    void add(int firstCoefficient, int lastCoefficient, int before, int after) throws MalformedImageException {
        for (int i = firstCoefficient; i <= lastCoefficient; i++) {
            if (missingBits[i] != (before == 0 ? ALL : before)) {
                throw MalformedImageException.malformed("The scans of the JPEG are not in order");
            }
            missingBits[i] = after;
        }
    }

    boolean isComplete() {
        return Arrays.stream(missingBits).allMatch(bits -> bits == 0);
    }

    boolean isNotZero(int block, int coefficient) {
        return notZero.length > 0 && (notZero[block] >>> coefficient & 1) == 1;
    }

    void setNotZero(int block, int coefficient) {
        if (notZero.length == 0) {
            notZero = new long[blocks];
        }
        notZero[block] |= 1L << coefficient;
    }
}
