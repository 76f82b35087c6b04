package io.github.imagehost.s3;

import java.time.Duration;

/**
 * How long calls of a store may take.
 *
 * @param connect until there is a connection
 * @param silence without a byte from the store, and for one attempt in all
 * @param usual all in all, unless the call is given a limit of its own
 */
record CallLimits(Duration connect, Duration silence, Duration usual) {

    /** Those of every store but in tests. */
    static final CallLimits DEFAULT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(10));
}
