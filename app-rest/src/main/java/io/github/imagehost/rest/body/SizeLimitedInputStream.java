package io.github.imagehost.rest.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it is longer than it may be. For one thread. */
public final class SizeLimitedInputStream extends FilterInputStream {

    private long left;

    /** @param limit in bytes; not negative */
    public SizeLimitedInputStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    /** There are more bytes than there may be. */
    public static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("The stream is longer than it may be");
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int bytes) throws TooLongException {
        left -= bytes;
        if (left < 0) {
            throw new TooLongException();
        }
    }
}
