package io.github.imagehost.core.format;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, which can be read at any position for about the same cost. Safe for use by many threads. */
public interface PositionalSource {

    /** How many bytes there are. */
    long size();

    /**
     * Reads some bytes.
     *
     * @param position of the first one, at least 0
     * @param target where they go
     * @param offset where in the target they begin
     * @param length how many there is room for, at least 1
     * @return how many were read, at least 1; -1 if the position is behind the last byte
     * @throws IOException if they can't be read any more
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * A new stream over all the bytes; it need not be closed.
     *
     * @throws IOException if they can't be read any more
     */
    default InputStream open() throws IOException {
        return new PositionedInputStream(this);
    }

    /** Bytes in memory, which are not copied. */
    static PositionalSource of(byte[] bytes) {
        return new PositionalSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) {
                int count = (int) Math.min(length, bytes.length - position);
                if (count <= 0) {
                    return -1;
                }
                System.arraycopy(bytes, (int) position, target, offset, count);
                return count;
            }
        };
    }
}
