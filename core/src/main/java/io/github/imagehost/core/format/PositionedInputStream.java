package io.github.imagehost.core.format;

import java.io.IOException;
import java.io.InputStream;

/** Reads a source from its beginning to its end. For one thread. */
final class PositionedInputStream extends InputStream {

    private final PositionalSource source;
    private long position;

    PositionedInputStream(PositionalSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = length == 0 ? 0 : source.read(position, bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }
}
