package io.github.imagehost.mysql.transaction;

import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Lets callers who come while others are under way share statements and transactions: the busier it is, the less each
 * of them costs. This is the group commit of database logs (DeWitt et al., "Implementation Techniques for Main Memory
 * Database Systems", SIGMOD 1984), among callers instead of transactions.
 *
 * <p>There is no thread for it. A caller who finds no batch under way leads one at once, and nobody waits for company.
 * A caller who comes meanwhile waits, and when a batch has ended, the first who waits leads the next one, of all that
 * wait for the same work. All batchers of the same {@link Transactions} wait in one queue, so that normally there is
 * one batch at a time. A batch that takes long holds up nobody for long but its members: a caller who has waited for
 * {@link TimeLimits#batch} starts another one beside it, with all who wait for the same work.
 *
 * <p>A batch is tried once. What comes of it is for each member as if it had been alone: when the batch fails before
 * its commit, or can't be done together, each member does its own work by itself, in its own thread, with all retries;
 * when nobody knows whether a commit took effect, or the database does not answer in time, each is told so. Nobody
 * hangs: a leader tells its followers in any case, and its own waits are bounded by those for connections and
 * statements. Safe for use by many threads.
 *
 * @param <Q> what a caller wants
 * @param <A> what it gets
 */
public final class Batcher<Q, A> {

    /** How many callers share a batch at the most. */
    static final int LARGEST = 64;

    /**
     * What is done for the members of a batch.
     *
     * @param <Q> what a member wants
     * @param <A> what it gets
     */
    @FunctionalInterface
    public interface Work<Q, A> {

        /**
         * Does it.
         *
         * @param transactions where; in one transaction, or repeatably
         * @param operation what is done, as the end of the sentence "Could not …"
         * @param members to be asked for when a connection is there, since others may join until then
         * @return the answers, in the order of the members; empty if it can't be done for all of them together, and
         *     nothing was changed, which is never so for a single member
         */
        Optional<List<A>> perform(Transactions transactions, String operation, Supplier<List<Q>> members);
    }

    /** What a waiting caller is told: what it has to do now, or what came of it. */
    private sealed interface Turn<A> {

        record Lead<A>() implements Turn<A> {}

        record GoAlone<A>() implements Turn<A> {}

        record Done<A>(A answer) implements Turn<A> {}

        record Failed<A>(Supplier<RuntimeException> failure) implements Turn<A> {}
    }

    private static final class Member<Q, A> {

        private final Q request;
        private final CompletableFuture<Turn<A>> turn = new CompletableFuture<>();

        Member(Q request) {
            this.request = request;
        }
    }

    private final Transactions transactions;
    private final String operation;
    private final Work<Q, A> work;
    private final BatchQueue queue;
    private final Lock lock;
    private final Deque<Member<Q, A>> waiting = new ArrayDeque<>();
    private final BatchCounts counts = new BatchCounts();

    /**
     * @param transactions shared with the batchers beside which this one queues
     * @param operation what is done for several, as the end of the sentence "Could not …"
     */
    public Batcher(Transactions transactions, String operation, Work<Q, A> work) {
        this.transactions = transactions;
        this.queue = transactions.batchQueue();
        this.lock = queue.lock();
        this.operation = operation;
        this.work = work;
    }

    /** How many came in how many batches, since this was made. */
    public BatchCounts counts() {
        return counts;
    }

    /**
     * Does the work for this request, alone or with others.
     *
     * @param operationIfAlone what is done for it, as the end of the sentence "Could not …"
     * @throws RepositoryException as the work throws it for a single member
     * @throws CommitStateUnknownException if nobody knows whether it took effect
     */
    public A call(String operationIfAlone, Q request) {
        Member<Q, A> member = new Member<>(request);
        Turn<A> turn = leadsAtOnce(member) ? new Turn.Lead<>() : awaitTurn(member);
        if (turn instanceof Turn.Lead) {
            turn = lead(request);
        }
        if (turn instanceof Turn.Done<A> answered) {
            return answered.answer();
        }
        if (turn instanceof Turn.Failed<A> failed) {
            throw failed.failure().get();
        }
        return work.perform(transactions, operationIfAlone, () -> List.of(request))
                .orElseThrow()
                .get(0);
    }

    private boolean leadsAtOnce(Member<Q, A> member) {
        lock.lock();
        try {
            if (queue.leadsAtOnce()) {
                return true;
            }
            waiting.addLast(member);
            queue.add(this);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Turn<A> awaitTurn(Member<Q, A> member) {
        try {
            return member.turn.get(transactions.limits().batch().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return goAhead(member);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return goAhead(member);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody tells a member anything but its turn", e);
        }
    }

    /** Leads, unless somebody has taken the member along meanwhile, who will tell what came of it. */
    private Turn<A> goAhead(Member<Q, A> member) {
        lock.lock();
        try {
            if (waiting.remove(member)) {
                queue.goAhead();
                return new Turn.Lead<>();
            }
        } finally {
            lock.unlock();
        }
        return member.turn.join();
    }

    private Turn<A> lead(Q request) {
        try {
            // a member that waited has used its future up when it was told to lead
            Member<Q, A> leader = new Member<>(request);
            Batch batch = new Batch(leader);
            try {
                batch.perform();
            } finally {
                batch.releaseAll();
            }
            return leader.turn.join();
        } finally {
            passOn();
        }
    }

    private void passOn() {
        lock.lock();
        try {
            queue.passOn();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the first who waits lead, if somebody waits. For threads that hold the queue's lock.
     *
     * @return whether somebody leads now
     */
    boolean appointLeader() {
        // made first, so that nobody is lost when memory runs out
        Turn<A> lead = new Turn.Lead<>();
        Member<Q, A> first = waiting.pollFirst();
        return first != null && first.turn.complete(lead);
    }

    /** Those who take part in one execution. Used by the thread of its leader. */
    private final class Batch {

        private final Member<Q, A> leader;
        private List<Member<Q, A>> members = List.of();

        Batch(Member<Q, A> leader) {
            this.leader = leader;
        }

        void perform() {
            Optional<List<A>> answers;
            try {
                answers = work.perform(transactions.withoutRetries(), operation, this::takeMembersAlong);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            if (answers.isEmpty()) {
                tell(new Turn.GoAlone<>());
                return;
            }
            for (int i = 0; i < members.size(); i++) {
                members.get(i).turn.complete(new Turn.Done<>(answers.get().get(i)));
            }
        }

        /** Takes those along who wait, and answers what all members want; from now on nobody joins any more. */
        private List<Q> takeMembersAlong() {
            if (members.isEmpty()) {
                members = new ArrayList<>(List.of(leader));
                lock.lock();
                try {
                    while (!waiting.isEmpty() && members.size() < LARGEST) {
                        // in this order, so that nobody is lost when memory runs out
                        members.add(waiting.getFirst());
                        waiting.removeFirst();
                    }
                    if (waiting.isEmpty()) {
                        queue.remove(Batcher.this);
                    }
                } finally {
                    lock.unlock();
                }
                counts.add(members.size());
            }
            return members.stream().map(member -> member.request).toList();
        }

        private void fail(RuntimeException failure) {
            if (failure instanceof CommitStateUnknownException) {
                tell(new Turn.Failed<>(
                        () -> new CommitStateUnknownException(String.valueOf(failure.getMessage()), failure)));
            } else if (SqlFailure.of(failure) == SqlFailure.UNAVAILABLE) {
                // whoever has waited for a connection or an answer in vain does not wait as long again
                tell(new Turn.Failed<>(
                        () -> new RepositoryUnavailableException(String.valueOf(failure.getMessage()), failure)));
            } else {
                tell(new Turn.GoAlone<>());
            }
        }

        private void tell(Turn<A> turn) {
            leader.turn.complete(turn);
            members.forEach(member -> member.turn.complete(turn));
        }

        /**
         * Tells all members; changes nothing if they know already: only an {@link Error} leaves them without an answer.
         */
        void releaseAll() {
            tell(new Turn.Failed<>(() -> new CommitStateUnknownException(
                    "Nobody knows whether this took effect: " + operation + "; the thread that did it has died")));
        }
    }
}
