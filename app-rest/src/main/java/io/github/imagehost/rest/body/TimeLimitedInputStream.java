package io.github.imagehost.rest.body;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A stream that has to come to its end in time. The server's own limit is for each piece alone, so that a client which
 * sends a byte now and then would never be done.
 */
public final class TimeLimitedInputStream extends FilterInputStream {

    private final long start = System.nanoTime();
    private final Duration limit;

    /** The time begins now. */
    public TimeLimitedInputStream(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
    }

    /** The time is over. */
    private static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        private final long limitSeconds;

        TooSlowException(Duration limit) {
            super("The stream did not end within " + limit.toSeconds() + " s");
            this.limitSeconds = limit.toSeconds();
        }
    }

    /**
     * What it means to a client that its body can't be read to the end.
     *
     * @param tooSlow what is wrong if the time was over
     */
    public static ApiException problemOf(Exception failure, ApiError tooSlow) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooSlowException late) {
                return new ApiException(tooSlow, failure, String.valueOf(late.limitSeconds));
            }
        }
        return new ApiException(ApiError.BODY_INCOMPLETE, failure);
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
