package io.github.imagehost.core.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Pictures coded without loss, as in RFC 9649, 3, that consist of little but codes: no pixel takes a bit. */
public final class LosslessWebps {

    /** More are not possible. */
    public static final int MOST_GROUPS = 1 << 16;

    private static final int CODES_OF_A_GROUP = 5;
    private static final int HAS_ALPHA = 1 << 4;
    private static final int IS_ANIMATED = 1 << 1;

    private LosslessWebps() {}

    /**
     * A black picture whose pixels all belong to the last one of so many groups of codes, each of which takes 20 bits.
     */
    public static byte[] still(int width, int height, int groups) {
        return Pictures.riff(Pictures.chunk("VP8L", frame(width, height, groups)));
    }

    /** The bytes of such a picture without a container. */
    public static byte[] frame(int width, int height, int groups) {
        BitWriter bits = new BitWriter();
        writeHeader(bits, width, height);
        writeGroups(bits, groups);
        return bits.bytes();
    }

    /** A lossy picture of 24x16 pixels with such a picture as its alpha. */
    public static byte[] withAlpha(int groups) {
        return Pictures.riff(canvas(HAS_ALPHA, 24, 16), alpha(groups), lossy());
    }

    /** The same with its alpha behind the pixels, where not everybody looks for it. */
    public static byte[] withLateAlpha(int groups) {
        return Pictures.riff(canvas(HAS_ALPHA, 24, 16), lossy(), alpha(groups));
    }

    /** The same as the only frame of an animation, with chunks in the frame that mean nothing there. */
    public static byte[] animationWithAlpha(int groups, byte[]... chunks) {
        byte[] header = new byte[16];
        header[6] = 23;
        header[9] = 15;
        header[12] = 100;
        return Pictures.riff(
                canvas(HAS_ALPHA | IS_ANIMATED, 24, 16),
                Pictures.chunk("ANIM", new byte[6]),
                Pictures.chunk("ANMF", Pictures.concat(header, Pictures.concat(chunks), alpha(groups), lossy())));
    }

    /** A chunk that tells of a canvas. */
    public static byte[] canvas(int flags, int width, int height) {
        ByteBuffer canvas = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        canvas.putInt(flags).putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
        canvas.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
        return Pictures.chunk("VP8X", canvas.array());
    }

    private static byte[] alpha(int groups) {
        BitWriter bits = new BitWriter();
        bits.write(1, 8);
        writeGroups(bits, groups);
        return Pictures.chunk("ALPH", bits.bytes());
    }

    private static byte[] lossy() {
        byte[] lossy = Pictures.lossyWebp();
        return Arrays.copyOfRange(lossy, 12, lossy.length);
    }

    /** An animation of one black pixel in each of two frames, the second of which has so many groups of codes. */
    public static byte[] animation(int groups) {
        return Pictures.riff(
                canvas(IS_ANIMATED, 1, 1),
                Pictures.chunk("ANIM", new byte[6]),
                animationFrame(1),
                animationFrame(groups));
    }

    private static byte[] animationFrame(int groups) {
        byte[] header = new byte[16];
        header[12] = 100;
        return Pictures.chunk("ANMF", Pictures.concat(header, Pictures.chunk("VP8L", frame(1, 1, groups))));
    }

    /**
     * A black picture that is transformed in the same way again and again, with a picture as large as a 16th each time.
     */
    public static byte[] transformed(int width, int height, int times) {
        BitWriter bits = new BitWriter();
        writeHeader(bits, width, height);
        for (int i = 0; i < times; i++) {
            bits.write(1, 1);
            bits.write(1, 2);
            bits.write(0, 3);
            bits.write(0, 1);
            for (int code = 0; code < CODES_OF_A_GROUP; code++) {
                writeSymbol(bits, 0);
            }
        }
        writeGroups(bits, 1);
        return Pictures.riff(Pictures.chunk("VP8L", bits.bytes()));
    }

    private static void writeHeader(BitWriter bits, int width, int height) {
        bits.write(0x2f, 8);
        bits.write(width - 1, 14);
        bits.write(height - 1, 14);
        bits.write(0, 1 + 3);
    }

    /** Without transforms and a cache, with blocks of 4x4 pixels. */
    private static void writeGroups(BitWriter bits, int groups) {
        bits.write(0, 1);
        bits.write(0, 1);
        bits.write(1, 1);
        bits.write(0, 3);
        bits.write(0, 1);
        writeSymbol(bits, (groups - 1) & 0xff);
        writeSymbol(bits, (groups - 1) >> 8);
        writeSymbol(bits, 0);
        writeSymbol(bits, 0);
        writeSymbol(bits, 0);
        for (int code = 0; code < groups * CODES_OF_A_GROUP; code++) {
            // the symbol 0
            bits.write(0b0001, 4);
        }
    }

    /** A code of one symbol. */
    private static void writeSymbol(BitWriter bits, int symbol) {
        bits.write(0b101, 3);
        bits.write(symbol, 8);
    }
}
