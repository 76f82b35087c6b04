package io.github.imagehost.rest.upload;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many uploads of strangers are let in at once, so that those who take their time keep nobody out who may be here,
 * and none of them all other strangers. Safe for use by many threads.
 */
final class StrangersPlaces {

    private static final int SHARE_OF_ONE_CLIENT = 4;

    private final int places;
    private final int placesOfOneClient;
    private final Multiset<String> taken = HashMultiset.create();

    /** @param places for all of them; at least 1 */
    StrangersPlaces(int places) {
        this.places = places;
        this.placesOfOneClient = Math.max(1, places / SHARE_OF_ONE_CLIENT);
    }

    /**
     * Takes a place.
     *
     * @param client who sends the upload
     * @return gives the place back, and may be repeated; empty if there is none
     */
    synchronized Optional<Runnable> enter(String client) {
        if (taken.size() >= places || taken.count(client) >= placesOfOneClient) {
            return Optional.empty();
        }
        taken.add(client);
        AtomicBoolean isTaken = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (isTaken.getAndSet(false)) {
                leave(client);
            }
        });
    }

    private synchronized void leave(String client) {
        taken.remove(client);
    }
}
