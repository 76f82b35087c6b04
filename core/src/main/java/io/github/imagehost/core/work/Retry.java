package io.github.imagehost.core.work;

import io.github.imagehost.core.model.Retryable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Tries again after a failure that may pass, with a pause before each try: a longer one if the failure asks for it
 * ({@link Retryable#retryAfter}), and no further try if it asks for more than a minute. Safe for use by many threads.
 */
public final class Retry {

    /** How often to look whether to stop. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    /** Whoever waits for the result would rather come back. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final List<Duration> pauses;
    private final Predicate<? super Exception> mayPass;
    private final BooleanSupplier isStopRequested;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param pauses between one try and the next; there is one try more
     * @param mayPass whether it is worth trying again after a failure
     * @param isStopRequested ends a pause
     */
    public Retry(List<Duration> pauses, Predicate<? super Exception> mayPass, BooleanSupplier isStopRequested) {
        this.pauses = List.copyOf(pauses);
        this.mayPass = mayPass;
        this.isStopRequested = isStopRequested;
    }

    /**
     * Tries that come one after the other at the same intervals.
     *
     * @param tries how many there are at the most, at least 1
     * @param mayPass whether it is worth trying again after a failure
     */
    public static Retry atIntervals(Duration pause, int tries, Predicate<? super Exception> mayPass) {
        return new Retry(Collections.nCopies(tries - 1, pause), mayPass, () -> false);
    }

    /**
     * Something that may be done again.
     *
     * @param <E> how it fails, besides by a {@link RuntimeException}
     */
    @FunctionalInterface
    public interface Step<T, E extends Exception> {

        T run() throws E;
    }

    /**
     * The result of a step, repeated if need be.
     *
     * @throws E what the last try threw, which may also be a {@link RuntimeException}; if the thread is interrupted in
     *     a pause, there is no further try
     */
    public <T, E extends Exception> T run(Step<T, E> step) throws E {
        for (Duration pause : pauses) {
            try {
                return step.run();
            } catch (Exception e) {
                Duration wanted = wantedBy(e);
                boolean isShort = wanted.compareTo(LONGEST_PAUSE) <= 0;
                if (!mayPass.test(e) || !isShort || !isWorthWaiting(longer(pause, wanted))) {
                    throw e;
                }
            }
        }
        return step.run();
    }

    /** Ends all pauses, and the tries after them. */
    public void stop() {
        stopped.countDown();
    }

    private static Duration wantedBy(Exception failure) {
        return failure instanceof Retryable retryable ? retryable.retryAfter() : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
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
