package io.github.imagehost.core.transform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The time that one picture may take, from now on. */
public final class TimeLimit {

    private final Duration duration;
    private final long end;

    private TimeLimit(Duration duration, long end) {
        this.duration = duration;
        this.end = end;
    }

    /** A limit that begins now. */
    public static TimeLimit of(Duration duration) {
        return new TimeLimit(duration, System.nanoTime() + duration.toNanos());
    }

    /** Nanoseconds that are left; 0 or less if the time is over. */
    public long remainingNanos() {
        return end - System.nanoTime();
    }

    /** How much is left of it, at least nothing. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /**
     * Returns with the permits.
     *
     * @throws EngineOverloadedException if they are not free in time
     */
    public void acquire(Semaphore semaphore, int permits) {
        try {
            if (!semaphore.tryAcquire(permits, remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new EngineOverloadedException(
                        "Too many pictures are being rendered: this one would have had to wait for more than "
                                + duration);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Fails when the time is over.
     *
     * @throws EngineOverloadedException if it is
     */
    public void check() {
        if (remainingNanos() <= 0) {
            throw exceeded();
        }
    }

    /** What to throw when the time is over. */
    public EngineOverloadedException exceeded() {
        return new EngineOverloadedException("Rendering the picture took more than " + duration);
    }

    /** What to throw when the thread was interrupted, which it stays. */
    public static EngineOverloadedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineOverloadedException("The thread was interrupted while it rendered a picture", e);
    }
}
