package io.github.imagehost.core.dedup;

import io.github.imagehost.core.port.repository.Lease;
import java.time.Duration;

/**
 * How long the steps of an upload, or of making a variant, may take.
 *
 * @param lease of the reservation for new content; longer than the store's own time limit for storing an object
 * @param patience how long each start of an upload waits for another one of the same content, not negative
 */
public record UploadTiming(Lease lease, Duration patience) {

    /** A lease of two minutes, a quarantine of 15 minutes, and a patience of 30 seconds. */
    public static final UploadTiming DEFAULT =
            new UploadTiming(new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15)), Duration.ofSeconds(30));

    public UploadTiming {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("Patience is not negative, unlike " + patience);
        }
    }
}
