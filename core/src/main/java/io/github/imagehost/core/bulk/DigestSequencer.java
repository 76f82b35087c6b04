package io.github.imagehost.core.bulk;

import io.github.imagehost.core.model.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets items with the same digest be finished one after the other, in their order, so that it does not depend on chance
 * which one is the first. Every number from 0 on has to take its turn. Safe for use by many threads.
 */
final class DigestSequencer {

    private final Map<Digest, CompletableFuture<Boolean>> last = new HashMap<>();
    private long next;

    /**
     * Waits until all items before this one have taken their turns.
     *
     * @param digest empty if the item has none
     * @return the item's turn, which has to be closed
     */
    synchronized Turn take(long number, Optional<Digest> digest) {
        awaitNumber(number);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Optional<CompletableFuture<Boolean>> predecessor = digest.map(same -> last.put(same, done));
        next++;
        notifyAll();
        return new Turn(digest, predecessor, done);
    }

    private void awaitNumber(long number) {
        boolean interrupted = false;
        while (next != number) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void forget(Turn turn) {
        turn.digest.ifPresent(digest -> last.remove(digest, turn.done));
    }

    /** Lasts until it is closed. */
    final class Turn implements AutoCloseable {

        private final Optional<Digest> digest;
        private final Optional<CompletableFuture<Boolean>> predecessor;
        private final CompletableFuture<Boolean> done;

        private Turn(
                Optional<Digest> digest,
                Optional<CompletableFuture<Boolean>> predecessor,
                CompletableFuture<Boolean> done) {
            this.digest = digest;
            this.predecessor = predecessor;
            this.done = done;
        }

        /** Waits until the items before this one that have the same digest are done. */
        void awaitPredecessors() {
            predecessor.ifPresent(CompletableFuture::join);
        }

        @Override
        public void close() {
            forget(this);
            done.complete(true);
        }
    }
}
