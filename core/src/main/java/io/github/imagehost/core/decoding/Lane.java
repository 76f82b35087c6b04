package io.github.imagehost.core.decoding;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets in so many decoders at once, and as many as fit into a budget of memory, in the order in which they came. Who is
 * stuck in one lane holds nobody up in another. Safe for use by many threads.
 */
public final class Lane {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private final long memory;
    /** How many that are overdue may run beside those that are let in. */
    private final int mostOverdue;

    private int freePlaces;
    private long freeMemory;
    private int overdue;

    /**
     * An empty lane.
     *
     * @param places how many decoders at once, at least 1; as many again may be overdue
     * @param memory how many bytes all of them hold together, at least 1
     */
    public Lane(int places, long memory) {
        if (places < 1 || memory < 1) {
            throw new IllegalArgumentException(
                    "A lane has at least one place and one byte, not " + places + " and " + memory);
        }
        this.memory = memory;
        this.mostOverdue = places;
        this.freePlaces = places;
        this.freeMemory = memory;
    }

    /** How many bytes there are for all. */
    public long memory() {
        return memory;
    }

    /** Whether nothing is decoded here. */
    public boolean isIdle() {
        lock.lock();
        try {
            return freePlaces == mostOverdue && freeMemory == memory && overdue == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a place.
     *
     * @param bytes that the decoder will hold, at most {@link #memory()}
     * @param pause after which the requester is asked again
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws DecodersBusyException if the patience is over, or the thread was interrupted
     */
    Place enter(long bytes, Duration patience, Duration pause, Requester requester) throws DecodersBusyException {
        if (bytes > memory) {
            throw new IllegalArgumentException("There is no room for " + bytes + " bytes, but for " + memory);
        }
        Ticket ticket = new Ticket();
        // before anything is taken, since there may be no memory for it
        Place place = new Place(bytes);
        long end = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            queue.addLast(ticket);
            try {
                while (!ticket.equals(queue.peekFirst()) || freePlaces == 0 || freeMemory < bytes) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        throw new DecodersBusyException("Too many pictures are decoded already: this one would have had"
                                + " to wait for more than " + patience.toMillis() + " ms");
                    }
                    boolean isSignalled = changed.await(Math.min(left, pause.toNanos()), TimeUnit.NANOSECONDS);
                    if (!isSignalled && !isWaiting(requester)) {
                        throw new RequesterGoneException();
                    }
                }
                freePlaces--;
                freeMemory -= bytes;
            } finally {
                queue.remove(ticket);
                changed.signalAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DecodersBusyException("Interrupted while waiting for others whose pictures are decoded", e);
        } finally {
            lock.unlock();
        }
        return place;
    }

    /** Asks without the lock, since nobody knows how it finds out. */
    private boolean isWaiting(Requester requester) {
        lock.unlock();
        try {
            return requester.isWaiting();
        } finally {
            lock.lock();
        }
    }

    /** A turn in the queue; each is equal to itself alone. */
    private static final class Ticket {}

    /** What one decoder holds. */
    final class Place {

        private final long bytes;
        private boolean isOverdue;
        private boolean hasLeft;

        private Place(long bytes) {
            this.bytes = bytes;
        }

        /** Lets somebody else in, as long as there are not too many who are overdue. The memory stays taken. */
        void letAnotherIn() {
            lock.lock();
            try {
                if (!hasLeft && !isOverdue && overdue < mostOverdue) {
                    isOverdue = true;
                    overdue++;
                    freePlaces++;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** When the decoder has come to its end. */
        void leave() {
            lock.lock();
            try {
                hasLeft = true;
                freeMemory += bytes;
                if (isOverdue) {
                    overdue--;
                } else {
                    freePlaces++;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
