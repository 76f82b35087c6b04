package io.github.imagehost.rest.oidc;

import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time ask somebody who may answer late or not at all, few wait for that, and nobody ask again for a
 * while after it was of no use: strangers can make the service ask, and must not hold its threads by it. Safe for use
 * by many threads.
 */
final class Inquiries {

    /** How many wait for an answer at the most; the one who asks is among them. */
    static final int PLACES = 16;

    /** For how long nobody asks after there was no answer. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Semaphore places = new Semaphore(PLACES);
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Failure latest;

    Inquiries(InstantSource clock) {
        this.clock = clock;
    }

    private record Failure(Instant time, IdentityProviderUnavailableException cause) {}

    /**
     * The answer, which somebody else may have got in the meantime.
     *
     * @param known what is known by now; empty if that has to be asked
     * @param inquiry asks, within a bounded time
     * @throws IdentityProviderUnavailableException if there is no answer, if there was none just now, or if too many
     *     wait for it
     */
    <T> T ask(Supplier<Optional<T>> known, Supplier<T> inquiry) {
        refuseAfterFailure();
        if (!places.tryAcquire()) {
            throw new IdentityProviderUnavailableException("Too many wait for the identity provider already");
        }
        try {
            turn.lock();
            try {
                return known.get().orElseGet(() -> inTurn(inquiry));
            } finally {
                turn.unlock();
            }
        } finally {
            places.release();
        }
    }

    private <T> T inTurn(Supplier<T> inquiry) {
        refuseAfterFailure();
        try {
            return inquiry.get();
        } catch (IdentityProviderUnavailableException e) {
            latest = new Failure(clock.instant(), e);
            throw e;
        }
    }

    private void refuseAfterFailure() {
        Failure failure = latest;
        if (failure != null && isWithin(PAUSE, failure.time(), clock.instant())) {
            throw new IdentityProviderUnavailableException(
                    "The identity provider is not asked again so soon: "
                            + failure.cause().getMessage(),
                    failure.cause());
        }
    }

    /** Whether less than that lies between then and now; a clock that was set back does not make it last longer. */
    static boolean isWithin(Duration time, Instant then, Instant now) {
        return Duration.between(then, now).abs().compareTo(time) < 0;
    }
}
