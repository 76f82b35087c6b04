package io.github.imagehost.mysql.transaction;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the callers of all {@link Batcher}s of one database wait for each other. Normally one batch is under way at a
 * time, whatever it is about, so that there are fewer batches, and more callers in each. For threads that hold its
 * lock.
 */
final class BatchQueue {

    private final Lock lock = new ReentrantLock();

    /** Those for whom somebody may be waiting, the first to come first. */
    private final Set<Batcher<?, ?>> waiting = new LinkedHashSet<>();

    private int leaders;

    Lock lock() {
        return lock;
    }

    /** Counts one more leader, unless a batch is under way. */
    boolean leadsAtOnce() {
        if (leaders > 0) {
            return false;
        }
        leaders++;
        return true;
    }

    /** Counts one more leader, though others are under way. */
    void goAhead() {
        leaders++;
    }

    /** Remembers that somebody waits at this batcher. */
    void add(Batcher<?, ?> batcher) {
        waiting.add(batcher);
    }

    /** Remembers that nobody waits at this batcher. */
    void remove(Batcher<?, ?> batcher) {
        waiting.remove(batcher);
    }

    /** A leader has ended: the first who waits is the next one, if no other is under way. */
    void passOn() {
        leaders--;
        while (leaders == 0 && !waiting.isEmpty()) {
            Batcher<?, ?> next = waiting.iterator().next();
            waiting.remove(next);
            if (next.appointLeader()) {
                leaders++;
                // more of its callers may wait; the leader removes it when it has taken all of them along
                waiting.add(next);
            }
        }
    }
}
