package io.github.imagehost.rest.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A stream that has to come to its end in time. The server's own limit is for each piece alone, so that a client which sends a
 * byte now and then would never be done.
 */
final class TimeLimitedInputStream extends FilterInputStream {

    private final long start = System.nanoTime();
    private final Duration limit;

    /** The time begins now. */
    TimeLimitedInputStream(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
    }

    /** The time is over. */
    static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException(Duration limit) {
            super("The stream did not end within " + limit.toSeconds() + " s");
        }
    }

    @Override
    public int read() throws IOException {
        requireTimeLeft();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        requireTimeLeft();
        return super.read(bytes, offset, length);
    }

    private void requireTimeLeft() throws TooSlowException {
        if (System.nanoTime() - start >= limit.toNanos()) {
            throw new TooSlowException(limit);
        }
    }
}
