package io.github.imagehost.core.testing;

import java.util.Arrays;
import java.util.BitSet;

/** Bits in the order of a lossless WebP: the lowest one of each byte and of each number first (RFC 9649, 3.2). */
public final class BitWriter {

    private final BitSet bits = new BitSet();
    private int length;

    /** Appends the lowest bits of a number. */
    public void write(int value, int count) {
        for (int i = 0; i < count; i++) {
            bits.set(length++, (value >>> i & 1) == 1);
        }
    }

    /** All bits; the last byte is filled up with zeros. */
    public byte[] bytes() {
        return Arrays.copyOf(bits.toByteArray(), (length + 7) / 8);
    }
}
