package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;

/**
 * The bits of a scan (ITU-T T.81, F.2.2.5). A byte is not read before one of its bits is wanted, so that the input
 * stands where the bits end that were read. For one thread.
 */
final class JpegBits {

    private static final int RESTART = 0xd0;
    private static final int RESTARTS = 8;

    private final FormatInput in;
    private int bits;
    private int count;
    private int restarts;

    JpegBits(FormatInput in) {
        this.in = in;
    }

    /**
     * The next bits as a number.
     *
     * @param wanted how many, at most 16
     * @throws MalformedImageException if there are fewer
     */
    int read(int wanted) throws IOException, MalformedImageException {
        while (count < wanted) {
            readByte();
        }
        count -= wanted;
        return bits >> count & (1 << wanted) - 1;
    }

    /** The symbol of the next code. */
    int read(JpegHuffmanTable table) throws IOException, MalformedImageException {
        int short8 = JpegHuffmanTable.BITS_OF_SHORT_CODES;
        while (true) {
            int next = count < short8 ? bits << (short8 - count) : bits >> (count - short8);
            int found = table.findShort(next & (1 << short8) - 1);
            int length = found >> Byte.SIZE;
            if (length > 0 && length <= count) {
                count -= length;
                return found & 0xff;
            }
            if (count >= short8) {
                return readLongCode(table);
            }
            readByte();
        }
    }

    private int readLongCode(JpegHuffmanTable table) throws IOException, MalformedImageException {
        for (int length = JpegHuffmanTable.BITS_OF_SHORT_CODES + 1; length <= JpegHuffmanTable.LONGEST_CODE; length++) {
            int code = read(length);
            int symbol = table.find(code, length);
            if (symbol != JpegHuffmanTable.NONE) {
                return symbol;
            }
            count += length;
        }
        throw MalformedImageException.malformed("The JPEG has a code that is in none of its tables");
    }

    private void readByte() throws IOException, MalformedImageException {
        int next = in.read();
        if (next == 0xff && JpegWalk.afterFill(in) != 0) {
            throw MalformedImageException.truncated();
        }
        bits = bits << Byte.SIZE | next;
        count += Byte.SIZE;
    }

    /** Goes on behind the next restart marker. */
    void restart() throws IOException, MalformedImageException {
        count = 0;
        if (in.read() != 0xff || JpegWalk.afterFill(in) != RESTART + restarts % RESTARTS) {
            throw MalformedImageException.truncated();
        }
        restarts++;
    }
}
