package io.github.imagehost.core.bulk;

import io.github.imagehost.core.model.Retryable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries again when something is away that may come back. Safe for use by many threads. */
final class Patience {

    /** In all, as long as a server takes to be started again. */
    static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    private final List<Duration> pauses;
    private final CountDownLatch exhausted = new CountDownLatch(1);

    /**
     * @param pauses between one try and the next; there is one try more
     */
    Patience(List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
    }

    /** Something that may be done again. */
    @FunctionalInterface
    interface Step<T> {

        T run() throws IOException;
    }

    /** The result of the step, or the failure of the last try. */
    <T> T insistOn(Step<T> step) throws IOException {
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

    /** Nobody waits any more. */
    void exhaust() {
        exhausted.countDown();
    }

    private boolean isWorthWaiting(Duration pause) {
        try {
            return !exhausted.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
