package io.github.imagehost.rest.delivery;

import com.google.common.base.Ticker;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.coyote.CloseNowException;

/**
 * Where a download goes. It ends if the client takes it too slowly: otherwise a few bytes now and then, which keep the
 * server's own time limit from ending it, would hold what the download needs for days. For one thread.
 */
final class DownloadOutput {

    private final OutputStream out;
    private final long windowNanos;
    private final long leastBytes;
    private final Ticker ticker;
    private long waitedNanos;
    private long takenBytes;

    DownloadOutput(OutputStream out, ServiceLimits limits) {
        this(out, limits, Ticker.systemTicker());
    }

    DownloadOutput(OutputStream out, ServiceLimits limits, Ticker ticker) {
        this.out = out;
        this.windowNanos = limits.downloadWindow().toNanos();
        this.leastBytes = limits.slowestDownload() * limits.downloadWindow().toSeconds();
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
        if (waitedNanos >= windowNanos) {
            if (takenBytes < leastBytes * waitedNanos / windowNanos) {
                throw new CloseNowException(
                        "A client took only " + takenBytes + " bytes in " + Duration.ofNanos(waitedNanos));
            }
            waitedNanos = 0;
            takenBytes = 0;
        }
    }
}
