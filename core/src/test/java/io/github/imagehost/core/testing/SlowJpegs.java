package io.github.imagehost.core.testing;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** JPEGs whose few bytes make much work for whoever reads their codes. */
public final class SlowJpegs {

    private static final int BLOCK = 8;
    /** So many blocks are left out by one code, */
    private static final int BLOCKS_OF_A_CODE = 1 << 14;
    /** which is so many bits, all of them 0. */
    private static final int BITS_OF_A_CODE = 15;

    private static final int HIGHEST_BIT = 13;

    /** The only code is 0, and begins a run of 2^14 blocks. */
    private static final String TABLE = "ffc4 0014 10 01000000000000000000000000000000 e0";

    private SlowJpegs() {}

    /**
     * A progressive JPEG of one colour, which lacks its means and its end. Each of its 14 scans goes over all
     * coefficients, but none is there.
     */
    public static byte[] withoutEnd(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "ffd8 ffc2 000b 08 %04x %04x 01 01 11 00".formatted(height, width) + TABLE);
        int blocks = ceilDiv(width, BLOCK) * ceilDiv(height, BLOCK);
        byte[] codes = new byte[ceilDiv(ceilDiv(blocks, BLOCKS_OF_A_CODE) * BITS_OF_A_CODE, Byte.SIZE)];
        for (int bit = HIGHEST_BIT; bit >= 0; bit--) {
            int before = bit == HIGHEST_BIT ? 0 : bit + 1;
            write(out, "ffda 0008 01 01 00 01 3f %x%x".formatted(before, bit));
            out.writeBytes(codes);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
