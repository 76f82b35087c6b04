package io.github.imagehost.rest.web;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.coyote.CloseNowException;

/**
 * Where a download goes. It ends if the client takes it too slowly: otherwise a few bytes now and then, which keep the
 * server's own time limit from ending it, would hold what the download needs for days. For one thread.
 */
final class DownloadOutput {

    /** Longer than the server waits for a client that takes nothing at all. */
    private static final Duration WINDOW = Duration.ofSeconds(30);
    /** A browser on a link of 30 KiB/s that loads six pictures at once stays above it. */
    private static final int SLOWEST_BYTES_PER_SECOND = 4 * 1024;

    private static final long LEAST_BYTES = SLOWEST_BYTES_PER_SECOND * WINDOW.toSeconds();

    private final OutputStream out;
    private final Ticker ticker;
    private long waitedNanos;
    private long takenBytes;

    DownloadOutput(OutputStream out) {
        this(out, Ticker.systemTicker());
    }

    DownloadOutput(OutputStream out, Ticker ticker) {
        this.out = out;
        this.ticker = ticker;
    }

    /**
     * Writes the first bytes of a buffer. Only the time that this takes counts: a slow store is not the client's fault.
     *
     * @throws CloseNowException if the client keeps the service waiting and takes too little meanwhile; the server then
     *     closes the connection, so that the client can't take what it has for the whole
     * @throws IOException if the client has left
     */
    void write(byte[] buffer, int count) throws IOException {
        long start = ticker.read();
        out.write(buffer, 0, count);
        waitedNanos += ticker.read() - start;
        takenBytes += count;
        if (waitedNanos >= WINDOW.toNanos()) {
            if (takenBytes < LEAST_BYTES * waitedNanos / WINDOW.toNanos()) {
                throw new CloseNowException(
                        "A client took only " + takenBytes + " bytes in " + Duration.ofNanos(waitedNanos));
            }
            waitedNanos = 0;
            takenBytes = 0;
        }
    }
}
