package io.github.imagehost.core.work;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many may do something at once, of which nobody has more than a share: who takes his time does not keep all others
 * out. Safe for use by many threads.
 *
 * @param <T> who takes places, by {@code equals}
 */
public final class SharedPlaces<T> {

    private final int places;
    private final int share;
    private final Multiset<T> taken = HashMultiset.create();

    /**
     * @param places for all together; at least 1
     * @param share how many of them one may have; at least 1
     */
    public SharedPlaces(int places, int share) {
        if (places < 1 || share < 1) {
            throw new IllegalArgumentException("There is at least one place for each, unlike " + places + ", " + share);
        }
        this.places = places;
        this.share = share;
    }

    /**
     * Takes a place.
     *
     * @return gives the place back, and may be repeated; empty if there is none
     */
    public synchronized Optional<Runnable> enter(T who) {
        if (taken.size() >= places || taken.count(who) >= share) {
            return Optional.empty();
        }
        taken.add(who);
        AtomicBoolean isTaken = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (isTaken.getAndSet(false)) {
                leave(who);
            }
        });
    }

    private synchronized void leave(T who) {
        taken.remove(who);
    }
}
