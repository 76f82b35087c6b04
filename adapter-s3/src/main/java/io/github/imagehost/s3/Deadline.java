package io.github.imagehost.s3;

import java.time.Duration;

/** The moment at which something made of several calls has to be over. Immutable. */
final class Deadline {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** At least {@link #SHORTEST}, also once it is over, so that it can be the limit of a call. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(nanoTime - System.nanoTime(), SHORTEST.toNanos()));
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
