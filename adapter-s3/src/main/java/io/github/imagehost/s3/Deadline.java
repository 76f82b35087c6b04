package io.github.imagehost.s3;

import java.time.Duration;

/** The moment at which something made of several calls has to be over. Immutable. */
final class Deadline {

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** Negative once it is over. */
    Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
