package io.github.imagehost.core.model;

import java.time.Duration;

/**
 * Marks the exceptions after which it makes sense to ask for the same thing again later: nothing is wrong with the
 * request, but something that is needed for it is away, full or busy.
 */
public interface Retryable {

    /** How long whoever failed wants to be left alone before that; zero if it did not say so. */
    default Duration retryAfter() {
        return Duration.ZERO;
    }
}
