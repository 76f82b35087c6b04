package io.github.imagehost.core.intake.spool;

import com.google.common.primitives.Ints;
import java.util.concurrent.Semaphore;

/**
 * The memory of all uploads that are received, in chunks. Half of it is only for how uploads begin, so that a few large
 * ones, which may take long to arrive, leave room for all the small ones. Safe for use by many threads.
 */
final class SpoolMemory {

    private final int beginning;
    private final Semaphore free;
    private final Semaphore freeBeyondBeginnings;

    /**
     * @param chunks how many there are, at least 0; what is more than an {@code int} holds does not count
     * @param beginning how many of one upload are its beginning
     */
    SpoolMemory(long chunks, int beginning) {
        this.beginning = beginning;
        this.free = new Semaphore(Ints.saturatedCast(chunks));
        this.freeBeyondBeginnings = new Semaphore(Ints.saturatedCast(chunks / 2));
    }

    /**
     * Takes one more chunk for an upload.
     *
     * @param taken how many it has
     * @return whether there was one
     */
    boolean tryTake(int taken) {
        if (taken < beginning) {
            return free.tryAcquire();
        }
        if (!freeBeyondBeginnings.tryAcquire()) {
            return false;
        }
        if (free.tryAcquire()) {
            return true;
        }
        freeBeyondBeginnings.release();
        return false;
    }

    /** Gives back all chunks of an upload. */
    void giveBack(int taken) {
        free.release(taken);
        freeBeyondBeginnings.release(Math.max(0, taken - beginning));
    }
}
