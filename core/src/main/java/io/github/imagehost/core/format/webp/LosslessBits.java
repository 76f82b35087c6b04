package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;

/** The bits of a lossless picture in a WebP, the lowest one of each byte first (RFC 9649, 3.2). For one thread. */
final class LosslessBits {

    private final FormatInput in;
    private final long end;
    private int bits;
    private int count;

    /**
     * @param in at the first byte
     * @param length how many bytes there are
     */
    LosslessBits(FormatInput in, long length) {
        this.in = in;
        this.end = in.position() + length;
    }

    /**
     * The next bits as a number.
     *
     * @param wanted how many, at most 24
     * @throws MalformedImageException if there are fewer
     */
    int read(int wanted) throws IOException, MalformedImageException {
        while (count < wanted) {
            if (in.position() == end) {
                throw MalformedImageException.truncated();
            }
            bits |= in.read() << count;
            count += Byte.SIZE;
        }
        int value = bits & (1 << wanted) - 1;
        bits >>>= wanted;
        count -= wanted;
        return value;
    }

    /** Where the next bit lies. */
    long position() {
        return in.position() * Byte.SIZE - count;
    }
}
