package io.github.imagehost.core.port.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a store had room when it was last given something: for stores that can't be asked. A refusal is forgotten as
 * soon as something is stored, and after {@link #MEMORY}, because somebody may have made room since. Safe for use by
 * many threads at once.
 */
public final class StoreRoom {

    /** How long a refusal counts. */
    public static final Duration MEMORY = Duration.ofMinutes(5);

    private final Clock clock;
    private final AtomicReference<Optional<Instant>> refused = new AtomicReference<>(Optional.empty());

    /** @param clock what the age of a refusal is measured by */
    public StoreRoom(Clock clock) {
        this.clock = clock;
    }

    /** Does what stores something, and remembers how it ended. */
    public void storing(Runnable put) {
        try {
            put.run();
            refused.set(Optional.empty());
        } catch (StoreFullException e) {
            refused.set(Optional.of(clock.instant()));
            throw e;
        }
    }

    /**
     * Fails if there was no room lately.
     *
     * @throws StoreFullException if what was last to be stored, not longer than {@link #MEMORY} ago, was refused
     */
    public void check() {
        if (refused.get()
                .filter(time -> Duration.between(time, clock.instant()).compareTo(MEMORY) < 0)
                .isPresent()) {
            throw new StoreFullException("The store had no room for what was last to be stored");
        }
    }
}
