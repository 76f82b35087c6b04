package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The uploads of this process, and the variants that it makes, so that those of the same content can wait for one
 * another instead of asking the repository again and again. It only saves questions: what is stored is decided by the
 * repository alone.
 */
final class LocalUploads {

    private final Map<Digest, Room> rooms = new ConcurrentHashMap<>();

    /** Enters the room of all local uploads of this content; close what is returned to leave it. */
    Visit enter(Digest digest) {
        Room room = rooms.compute(digest, (key, present) -> {
            Room entered = present == null ? new Room() : present;
            entered.visitors++;
            return entered;
        });
        return new Visit(digest, room);
    }

    /** One upload's stay in the room of its content. For one thread. */
    final class Visit implements AutoCloseable {

        private final Digest digest;
        private final Room room;

        private Visit(Digest digest, Room room) {
            this.digest = digest;
            this.room = room;
        }

        /** How many visits of the same room have ended so far. */
        long departures() {
            room.lock.lock();
            try {
                return room.departures;
            } finally {
                room.lock.unlock();
            }
        }

        /** Tells the others that this upload holds the reservation, so that it is worth waiting for it. */
        void hold() {
            room.changeHolders(1);
        }

        /** Tells them that it does not any more; once for each {@link #hold}. */
        void release() {
            room.changeHolders(-1);
        }

        /**
         * Waits until the number of departures differs from the one that was seen, but no longer than the limit. If no
         * local upload holds the reservation, another process does, which can't notify us: then it waits for the pause
         * at the most.
         */
        void awaitDeparture(long departuresSeen, long pauseNanos, long limitNanos) throws InterruptedException {
            room.lock.lock();
            try {
                // not the protocol's clock, since a condition waits by this one
                long start = System.nanoTime();
                long waited = 0;
                while (room.departures == departuresSeen && waited < limitNanos) {
                    long limit = room.holders > 0 ? limitNanos : Math.min(pauseNanos, limitNanos);
                    if (waited >= limit) {
                        return;
                    }
                    room.changed.await(limit - waited, TimeUnit.NANOSECONDS);
                    waited = System.nanoTime() - start;
                }
            } finally {
                room.lock.unlock();
            }
        }

        @Override
        public void close() {
            rooms.computeIfPresent(digest, (key, present) -> --present.visitors == 0 ? null : present);
            room.depart();
        }
    }

    private static final class Room {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        /** Guarded by the map's lock on the entry. */
        private int visitors;

        private int holders;
        private long departures;

        private void changeHolders(int difference) {
            lock.lock();
            try {
                holders += difference;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void depart() {
            lock.lock();
            try {
                departures++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
