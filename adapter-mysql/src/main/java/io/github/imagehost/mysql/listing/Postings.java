package io.github.imagehost.mysql.listing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which images of one range have something in common. Few of them are written as two bytes each, many as one bit for
 * each id of the range; the length tells which. For one thread.
 */
final class Postings {

    private static final int BITMAP_BYTES = ImageRanges.SIZE / Byte.SIZE;
    private static final int MOST_IN_LIST = BITMAP_BYTES / Short.BYTES - 1;
    private static final int INITIAL_CAPACITY = 4;

    private char[] places = new char[INITIAL_CAPACITY];
    private int size;

    /** Adds the image at this place in the range; in ascending order, and twice at once counts once. */
    void add(int place) {
        if (size > 0 && places[size - 1] == place) {
            return;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size++] = (char) place;
    }

    byte[] encode() {
        if (size > MOST_IN_LIST) {
            BitSet bits = new BitSet(ImageRanges.SIZE);
            for (int i = 0; i < size; i++) {
                bits.set(places[i]);
            }
            return Arrays.copyOf(bits.toByteArray(), BITMAP_BYTES);
        }
        ByteBuffer list = ByteBuffer.allocate(size * Short.BYTES);
        for (int i = 0; i < size; i++) {
            list.putChar(places[i]);
        }
        return list.array();
    }

    /** The places in what {@link #encode} wrote. */
    static BitSet decode(byte[] encoded) {
        if (encoded.length == BITMAP_BYTES) {
            return BitSet.valueOf(encoded);
        }
        BitSet bits = new BitSet(ImageRanges.SIZE);
        ByteBuffer list = ByteBuffer.wrap(encoded);
        while (list.hasRemaining()) {
            bits.set(list.getChar());
        }
        return bits;
    }
}
