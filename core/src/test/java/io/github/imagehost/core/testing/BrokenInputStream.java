package io.github.imagehost.core.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails after some bytes, as a disk or a connection does. */
public final class BrokenInputStream extends InputStream {

    private final InputStream readable;

    /** A stream over the first bytes of these, which fails where more are read. */
    public BrokenInputStream(byte[] bytes, int readable) {
        this.readable = new ByteArrayInputStream(bytes, 0, readable);
    }

    @Override
    public int read() throws IOException {
        return orFail(readable.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return length == 0 ? 0 : orFail(readable.read(buffer, offset, length));
    }

    private static int orFail(int result) throws IOException {
        if (result < 0) {
            throw new IOException("the source broke off");
        }
        return result;
    }
}
