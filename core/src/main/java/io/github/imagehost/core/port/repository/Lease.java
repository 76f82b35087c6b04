package io.github.imagehost.core.port.repository;

import java.time.Duration;

/**
 * How long a reservation lasts, and how long after it a request of its holder may still reach the store.
 *
 * @param duration from the claim on; longer than storing an object can take
 * @param quarantine from the end of the duration on; longer than any request to the store can live. Until it is over
 *     the key of a condemned blob is remembered, so that an object which arrives late is deleted all the same
 */
public record Lease(Duration duration, Duration quarantine) {

    public Lease {
        if (duration.isNegative() || duration.isZero() || quarantine.isNegative()) {
            throw new IllegalArgumentException(
                    "A lease has a positive duration and a quarantine that is not negative, not " + duration + " and "
                            + quarantine);
        }
    }
}
