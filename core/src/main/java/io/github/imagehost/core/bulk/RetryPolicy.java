package io.github.imagehost.core.bulk;

import io.github.imagehost.core.model.Retryable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tries again after a failure that is {@link Retryable}, with a pause before each try. Safe for use by many threads.
 */
final class RetryPolicy {

    /** How often to look whether to stop. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Duration> pauses;
    private final BooleanSupplier isStopRequested;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param pauses between one try and the next; there is one try more
     * @param isStopRequested ends a pause
     */
    RetryPolicy(List<Duration> pauses, BooleanSupplier isStopRequested) {
        this.pauses = List.copyOf(pauses);
        this.isStopRequested = isStopRequested;
    }

    /** Something that may be done again. */
    @FunctionalInterface
    interface Step<T> {

        T run() throws IOException;
    }

    /**
     * The result of a step, repeated if need be.
     *
     * @throws IOException what the last try threw, which may also be a {@link RuntimeException}
     */
    <T> T retry(Step<T> step) throws IOException {
        for (Duration pause : pauses) {
            try {
                return step.run();
            } catch (IOException | RuntimeException e) {
                if (!(e instanceof Retryable) || !isWorthWaiting(pause)) {
                    throw e;
                }
            }
        }
        return step.run();
    }

    /** Ends all pauses, and the tries after them. */
    void stop() {
        stopped.countDown();
    }

    private boolean isWorthWaiting(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
                if (isStopRequested.getAsBoolean() || stopped.await(Math.min(left, LOOK), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
