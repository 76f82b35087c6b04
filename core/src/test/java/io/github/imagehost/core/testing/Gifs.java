package io.github.imagehost.core.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** GIFs whose blocks and codes are written one by one, also as few programs write them. */
public final class Gifs {

    private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00};

    /** How many bits an index of these colours has. */
    public static final int BITS = 2;

    private static final int TABLE_SIZE = 4096;
    private static final int MOST_BITS = 12;
    private static final int LONGEST_BLOCK = 255;

    private Gifs() {}

    /** The colours of {@link #gif}, as RGB: red, green, blue and yellow. */
    public static int[] colours() {
        return COLOURS.clone();
    }

    /** A GIF of the four {@link #colours} on a canvas of this size. */
    public static byte[] gif(int width, int height, byte[]... blocks) {
        return gif(width, height, COLOURS, blocks);
    }

    /** A GIF of these colours, 2 to 256, of which there are as many as a power of 2; or of none. */
    public static byte[] gif(int width, int height, int[] colours, byte[]... blocks) {
        int flags = colours.length == 0 ? 0 : 0x80 | (Integer.numberOfTrailingZeros(colours.length) - 1);
        ByteBuffer header = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
        header.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
        header.putShort((short) width).putShort((short) height).put((byte) flags);
        return Pictures.concat(header.array(), table(colours), Pictures.concat(blocks), new byte[] {0x3b});
    }

    private static byte[] table(int[] colours) {
        byte[] table = new byte[3 * colours.length];
        for (int i = 0; i < colours.length; i++) {
            table[3 * i] = (byte) (colours[i] >> 16);
            table[3 * i + 1] = (byte) (colours[i] >> 8);
            table[3 * i + 2] = (byte) colours[i];
        }
        return table;
    }

    /** A frame whose data are those. */
    public static byte[] frame(int left, int top, int width, int height, byte[] data) {
        return frame(left, top, width, height, 0, new int[0], data);
    }

    /** A frame whose data are those of its rows in the order of an interlaced one. */
    public static byte[] interlacedFrame(int left, int top, int width, int height, byte[] data) {
        return frame(left, top, width, height, 0x40, new int[0], data);
    }

    /** A frame with colours of its own. */
    public static byte[] frame(int left, int top, int width, int height, int[] colours, byte[] data) {
        int flags = 0x80 | (Integer.numberOfTrailingZeros(colours.length) - 1);
        return frame(left, top, width, height, flags, colours, data);
    }

    private static byte[] frame(int left, int top, int width, int height, int flags, int[] colours, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x2c).putShort((short) left).putShort((short) top);
        header.putShort((short) width).putShort((short) height).put((byte) flags);
        return Pictures.concat(header.array(), table(colours), data);
    }

    /** What comes before a frame in which an index is transparent and which is shown for a twentieth of a second. */
    public static byte[] transparent(int index) {
        return new byte[] {0x21, (byte) 0xf9, 4, 0b101, 5, 0, (byte) index, 0};
    }

    /** The indices of four quarters, in the order of {@link #colours}. */
    public static byte[] quarters(int width, int height) {
        byte[] indices = new byte[width * height];
        for (int i = 0; i < indices.length; i++) {
            int x = i % width;
            int y = i / width;
            indices[i] = (byte) ((y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1));
        }
        return indices;
    }

    /** The rows of indices in the order in which an interlaced frame has them. */
    public static byte[] interlaced(byte[] indices, int width) {
        int height = indices.length / width;
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
            for (int y = pass[0]; y < height; y += pass[1]) {
                rows.write(indices, y * width, width);
            }
        }
        return rows.toByteArray();
    }

    /** The data of a frame, as most programs write them: the table is cleared as soon as it is full. */
    public static byte[] lzw(int bits, byte[] indices) {
        return lzw(bits, indices, 0);
    }

    /** The data of a frame whose table is cleared when it has been full for so many codes. */
    public static byte[] lzw(int bits, byte[] indices, int deferredFor) {
        return new Encoder(bits, deferredFor).encode(indices);
    }

    /**
     * The data of a frame that has these codes, the first of them with one bit more than an index, the others as they
     * come.
     */
    public static byte[] codes(int bits, int... codesAndTheirBits) {
        Bits out = new Bits();
        for (int i = 0; i < codesAndTheirBits.length; i += 2) {
            out.write(codesAndTheirBits[i], codesAndTheirBits[i + 1]);
        }
        return blocks(bits, out.bytes());
    }

    private static byte[] blocks(int bits, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bits);
        for (int from = 0; from < data.length; from += LONGEST_BLOCK) {
            int length = Math.min(LONGEST_BLOCK, data.length - from);
            out.write(length);
            out.write(data, from, length);
        }
        out.write(0);
        return out.toByteArray();
    }

    /** For one frame. */
    private static final class Encoder {

        private final int bits;
        private final int deferredFor;
        private final Bits out = new Bits();
        /** From a code and the index behind it to the code of both. */
        private final Map<Integer, Integer> table = new HashMap<>();

        private int nextFree;
        private int codeBits;
        private int codesSinceFull;

        Encoder(int bits, int deferredFor) {
            this.bits = bits;
            this.deferredFor = deferredFor;
            clear();
        }

        private void clear() {
            table.clear();
            nextFree = (1 << bits) + 2;
            codeBits = bits + 1;
            codesSinceFull = 0;
        }

        byte[] encode(byte[] indices) {
            out.write(1 << bits, codeBits);
            int code = indices[0] & 0xff;
            for (int i = 1; i < indices.length; i++) {
                int index = indices[i] & 0xff;
                Integer longer = table.get(code << Byte.SIZE | index);
                if (longer == null) {
                    out.write(code, codeBits);
                    add(code << Byte.SIZE | index);
                    code = index;
                } else {
                    code = longer;
                }
            }
            out.write(code, codeBits);
            out.write((1 << bits) + 1, codeBits);
            return blocks(bits, out.bytes());
        }

        /**
         * A decoder knows the entry one code later, so codes become longer one entry later than they could be needed.
         */
        private void add(int codeAndIndex) {
            if (nextFree < TABLE_SIZE) {
                table.put(codeAndIndex, nextFree++);
                if (nextFree - 1 == 1 << codeBits && codeBits < MOST_BITS) {
                    codeBits++;
                }
            } else if (codesSinceFull++ >= deferredFor) {
                out.write(1 << bits, codeBits);
                clear();
            }
        }
    }

    private static final class Bits {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int bits;
        private int count;

        void write(int value, int width) {
            bits |= value << count;
            count += width;
            while (count >= Byte.SIZE) {
                out.write(bits);
                bits >>>= Byte.SIZE;
                count -= Byte.SIZE;
            }
        }

        byte[] bytes() {
            byte[] whole = out.toByteArray();
            return count == 0 ? whole : Pictures.concat(whole, new byte[] {(byte) bits});
        }
    }

    /**
     * A screen recording in which nothing moves: frames as large as the canvas, all but the first transparent.
     *
     * @param frames at least 1
     */
    public static byte[] recording(int width, int height, int frames) {
        byte[] first = frame(0, 0, width, height, lzw(BITS, quarters(width, height)));
        byte[] plain = new byte[width * height];
        Arrays.fill(plain, (byte) 3);
        byte[] unchanged =
                Pictures.concat(transparent(3), frame(0, 0, width, height, lzw(BITS, plain, Integer.MAX_VALUE)));
        byte[][] blocks = new byte[frames][];
        Arrays.fill(blocks, unchanged);
        blocks[0] = first;
        return gif(width, height, blocks);
    }
}
