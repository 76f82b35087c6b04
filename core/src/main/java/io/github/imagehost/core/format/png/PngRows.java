package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.MalformedImageException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the compressed rows of a PNG's pictures and keeps none of them, but finds out whether they are all there
 * (W3C, PNG third edition, 7 to 10). Takes the same memory for any picture. For one thread.
 */
final class PngRows implements AutoCloseable {

    /** Some programs write more than the last row, browsers ignore it; but so much has to be enough. */
    private static final int MOST_SURPLUS = 64 * 1024;

    private static final int BUFFER_SIZE = 32 * 1024;
    private static final int LAST_FILTER = 4;

    /** Of Adam7: where a pass begins, and how far its pixels lie from each other. */
    private static final int[][] INTERLACED = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] NOT_INTERLACED = {{0, 0, 1, 1}};

    private final int bitsPerPixel;
    private final int[][] passes;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int width;
    private int height;
    private int nextPass;
    private int rowsOfPass;
    private long bytesOfRow;
    private long bytesLeft;
    private int surplus;

    PngRows(int bitsPerPixel, boolean isInterlaced) {
        this.bitsPerPixel = bitsPerPixel;
        passes = isInterlaced ? INTERLACED : NOT_INTERLACED;
    }

    /** Forgets the picture before; what comes now are the rows of one of this size. */
    void begin(int newWidth, int newHeight) {
        inflater.reset();
        width = newWidth;
        height = newHeight;
        nextPass = 0;
        rowsOfPass = 0;
        bytesLeft = 0;
        surplus = 0;
    }

    /**
     * Takes compressed bytes. What follows the end of the compressed rows is ignored, as browsers do.
     *
     * @throws MalformedImageException if they can't be inflated, give senseless rows, or too much behind the last one
     */
    void add(byte[] compressed, int length) throws MalformedImageException {
        inflater.setInput(compressed, 0, length);
        try {
            while (!inflater.finished() && !inflater.needsInput()) {
                count(inflater.inflate(buffer));
                if (inflater.needsDictionary()) {
                    throw MalformedImageException.malformed("The pixels of the PNG need a dictionary that nobody has");
                }
            }
        } catch (DataFormatException e) {
            throw MalformedImageException.malformed("The pixels of the PNG can't be inflated: " + e.getMessage());
        }
    }

    private void count(int length) throws MalformedImageException {
        int next = 0;
        while (next < length) {
            if (bytesLeft == 0) {
                if (!beginRow()) {
                    countSurplus(length - next);
                    return;
                }
                requireFilter(buffer[next++]);
            }
            int taken = (int) Math.min(bytesLeft, length - next);
            bytesLeft -= taken;
            next += taken;
        }
    }

    /** Whether there is one more. */
    private boolean beginRow() {
        while (rowsOfPass == 0) {
            if (nextPass == passes.length) {
                return false;
            }
            int[] pass = passes[nextPass++];
            long pixels = inPass(width, pass[0], pass[2]);
            bytesOfRow = (pixels * bitsPerPixel + Byte.SIZE - 1) / Byte.SIZE;
            rowsOfPass = pixels == 0 ? 0 : inPass(height, pass[1], pass[3]);
        }
        rowsOfPass--;
        bytesLeft = bytesOfRow;
        return true;
    }

    private static int inPass(int length, int begin, int step) {
        return length <= begin ? 0 : (length - begin - 1) / step + 1;
    }

    private static void requireFilter(byte filter) throws MalformedImageException {
        if ((filter & 0xff) > LAST_FILTER) {
            throw MalformedImageException.malformed("The PNG has a row with a filter of an unknown kind");
        }
    }

    private void countSurplus(int bytes) throws MalformedImageException {
        surplus += bytes;
        if (surplus > MOST_SURPLUS) {
            throw MalformedImageException.malformed("The data of the PNG go on behind its last row");
        }
    }

    /**
     * To be called when all bytes were added.
     *
     * @throws MalformedImageException if rows are missing
     */
    void end() throws MalformedImageException {
        if (bytesLeft > 0 || beginRow()) {
            throw MalformedImageException.malformed("The PNG has not all its pixels");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
