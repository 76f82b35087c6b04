package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import java.util.List;

/**
 * What stands before the pixels of a lossless picture in a WebP (RFC 9649, 3.8): transforms with pictures of their own,
 * and the groups of codes that the pixels are coded in. Another picture (3.7.2.2) has a number for each block of
 * pixels, that of its group; its largest number says how many groups there are. Whatever is repeated or cached in it
 * was written out before, or is 0, so the largest number is found without keeping any. For one thread, and one picture.
 */
final class LosslessCodes {

    private static final int COLOUR_INDEXING = 3;
    private static final int SUBTRACT_GREEN = 2;

    private static final int LITERALS = 1 << Byte.SIZE;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int LARGEST_CACHE_BITS = 11;

    /** Lengths and distances below are their own symbols. */
    private static final int FIRST_WITH_MORE_BITS = 4;

    private final LosslessBits bits;
    private final long mostBytes;
    private long bytes;

    /**
     * @param bits behind the size of the picture
     * @param mostBytes how many a decoder's tables may take
     */
    LosslessCodes(LosslessBits bits, long mostBytes) {
        this.bits = bits;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads all codes of the picture's own pixels.
     *
     * @param width in pixels
     * @param height in pixels
     * @throws ImageLimitException if their tables take too many bytes
     */
    void requireFew(int width, int height) throws IOException, MalformedImageException, ImageLimitException {
        int codedWidth = readTransforms(width, height);
        int cache = readCacheSize();
        int groups = 1;
        if (bits.read(1) == 1) {
            int sizeBits = bits.read(3) + 2;
            groups = 1 + readPicture(blocks(codedWidth, sizeBits), blocks(height, sizeBits));
        }
        for (int i = 0; i < groups; i++) {
            for (PrefixCode code : readGroup(cache)) {
                bytes += code.bytesOfTables();
            }
            if (bytes > mostBytes) {
                throw new ImageLimitException(Excess.CODES, mostBytes);
            }
        }
    }

    /** Answers how many pixels are coded in a row: one may stand for several with few colours. */
    private int readTransforms(int width, int height) throws IOException, MalformedImageException {
        int codedWidth = width;
        int seen = 0;
        while (bits.read(1) == 1) {
            int type = bits.read(2);
            if ((seen >> type & 1) == 1) {
                // a decoder would hold the pictures of all of them
                throw MalformedImageException.malformed("The WebP is transformed in the same way twice");
            }
            seen |= 1 << type;
            if (type == COLOUR_INDEXING) {
                int colours = bits.read(8) + 1;
                readPicture(colours, 1);
                codedWidth = blocks(codedWidth, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3);
            } else if (type != SUBTRACT_GREEN) {
                int sizeBits = bits.read(3) + 2;
                readPicture(blocks(codedWidth, sizeBits), blocks(height, sizeBits));
            }
        }
        return codedWidth;
    }

    private static int blocks(int pixels, int sizeBits) {
        return (pixels + (1 << sizeBits) - 1) >> sizeBits;
    }

    private int readCacheSize() throws IOException, MalformedImageException {
        if (bits.read(1) == 0) {
            return 0;
        }
        int sizeBits = bits.read(4);
        if (sizeBits < 1 || sizeBits > LARGEST_CACHE_BITS) {
            throw MalformedImageException.malformed("The WebP has a cache of colours of an illegal size");
        }
        return 1 << sizeBits;
    }

    /** Of green, lengths and cached colours; of red, blue and alpha; of distances. */
    private List<PrefixCode> readGroup(int cache) throws IOException, MalformedImageException {
        return List.of(
                PrefixCode.read(bits, LITERALS + LENGTHS + cache),
                PrefixCode.read(bits, LITERALS),
                PrefixCode.read(bits, LITERALS),
                PrefixCode.read(bits, LITERALS),
                PrefixCode.read(bits, DISTANCES));
    }

    /** Answers the largest number that red and green make together. */
    private int readPicture(int width, int height) throws IOException, MalformedImageException {
        List<PrefixCode> group = readGroup(readCacheSize());
        int largest = 0;
        long left = (long) width * height;
        while (left > 0) {
            long begin = bits.position();
            int symbol = group.get(0).symbol(bits);
            if (symbol < LITERALS) {
                largest = Math.max(largest, group.get(1).symbol(bits) << Byte.SIZE | symbol);
                group.get(2).symbol(bits);
                group.get(3).symbol(bits);
                left--;
            } else if (symbol < LITERALS + LENGTHS) {
                left -= readNumber(symbol - LITERALS);
                readNumber(group.get(4).symbol(bits));
            } else {
                left--;
            }
            if (bits.position() == begin) {
                // what takes no bits goes on like this to the last pixel
                return largest;
            }
        }
        if (left < 0) {
            throw MalformedImageException.malformed("The WebP repeats more pixels than there are");
        }
        return largest;
    }

    /** A length or distance (RFC 9649, 3.6.2.2). */
    private int readNumber(int symbol) throws IOException, MalformedImageException {
        if (symbol < FIRST_WITH_MORE_BITS) {
            return symbol + 1;
        }
        int moreBits = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << moreBits) + bits.read(moreBits) + 1;
    }
}
