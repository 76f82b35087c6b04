package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a fetch has to be over.
 *
 * @param end as {@link System#nanoTime} counts
 */
record Deadline(Duration limit, long end) {

    /** The time begins now. */
    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    /**
     * What is left of it, more than nothing.
     *
     * @throws FetchException if nothing is
     */
    Duration left() throws FetchException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw tooSlow(null);
        }
        return Duration.ofNanos(left);
    }

    /** What a failure means: that the time was over, or else this. */
    FetchException problemOf(IOException failure, Reason otherwise) {
        if (failure instanceof FetchException known) {
            return known;
        }
        return end - System.nanoTime() <= 0 ? tooSlow(failure) : new FetchException(otherwise, failure);
    }

    private FetchException tooSlow(@Nullable Throwable cause) {
        return new FetchException(Reason.TOO_SLOW, String.valueOf(Math.max(1, limit.toSeconds())), cause);
    }
}
