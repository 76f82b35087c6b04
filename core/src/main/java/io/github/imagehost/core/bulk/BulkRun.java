package io.github.imagehost.core.bulk;

import io.github.imagehost.core.bulk.BulkTask.Prepared;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.work.OrderedWork;
import io.github.imagehost.core.work.Progress;
import io.github.imagehost.core.work.Retry;
import io.github.imagehost.core.work.WorkInterruptedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Does a task with many items, several at a time. One bad item never stops the others; a store or a database that is
 * away does, after some retries, and so does a request to stop. What was done until then is in the journal, and a run
 * with the same journal goes on from there.
 *
 * @param <I> the items
 */
public final class BulkRun<I extends BulkItem> {

    /**
     * What is waited before each further try unless the caller says otherwise: as long as a server takes to be started
     * again.
     */
    public static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** Few, since the journal does not know before an item is told that it was dealt with. */
    private static final int PENDING_PER_THREAD = 4;

    private final BulkTask<? super I> task;
    private final BulkJournal journal;
    private final int jobs;
    private final List<Duration> pauses;

    /**
     * A run with the usual {@link #PAUSES}; see {@link #BulkRun(BulkTask, BulkJournal, int, List)} for the parameters.
     */
    public BulkRun(BulkTask<? super I> task, BulkJournal journal, int jobs) {
        this(task, journal, jobs, PAUSES);
    }

    /**
     * @param task what to do
     * @param journal what remembers it, used by this run only
     * @param jobs how many items are dealt with at once, at least 1
     * @param pauses before each further try when something is away
     */
    public BulkRun(BulkTask<? super I> task, BulkJournal journal, int jobs, List<Duration> pauses) {
        if (jobs < 1) {
            throw new IllegalArgumentException("At least one item is dealt with at a time, not " + jobs);
        }
        this.task = task;
        this.journal = journal;
        this.jobs = jobs;
        this.pauses = pauses;
    }

    /**
     * Deals with all items, or goes on doing so. Every thread that it starts has ended when it returns. An interrupt of
     * the calling thread asks to stop, as the progress does; the interrupt flag stays set.
     *
     * @param listener is told the result of each item, those of earlier runs included: one after the other in their
     *     order, in the caller's thread
     * @param progress counts what is left to do
     */
    public BulkReport run(
            BulkSource<? extends I> source, BiConsumer<? super I, ? super BulkResult> listener, Progress progress) {
        return new Pass(listener, progress).through(source);
    }

    /** One way through all items. For one thread, but for what the workers do. */
    private final class Pass {

        private final BiConsumer<? super I, ? super BulkResult> listener;
        private final Progress progress;
        private final Retry retries;
        private final DigestSequencer sequencer = new DigestSequencer();
        private final BulkCounts counts = new BulkCounts();
        private volatile boolean stopping;
        private long submitted;
        private Optional<RuntimeException> failure = Optional.empty();
        private boolean complete = true;
        private BulkSource.Extent left = BulkSource.Extent.UNKNOWN;

        Pass(BiConsumer<? super I, ? super BulkResult> listener, Progress progress) {
            this.listener = listener;
            this.progress = progress;
            this.retries = new Retry(pauses, Retryable.class::isInstance, progress::isStopRequested);
        }

        BulkReport through(BulkSource<? extends I> source) {
            left = retry(() -> Optional.of(source.extent())).orElse(BulkSource.Extent.UNKNOWN);
            progress.expect(left.items(), left.bytes());
            try (OrderedWork<ItemResult<I>> work =
                    new OrderedWork<>("imagehost-bulk", jobs, PENDING_PER_THREAD, () -> stopping, this::end)) {
                try {
                    submitAll(source.items(), work);
                    work.await();
                } finally {
                    stop();
                }
            } catch (WorkInterruptedException e) {
                complete = false;
            }
            return counts.report(complete, failure);
        }

        private void submitAll(Iterator<? extends I> items, OrderedWork<ItemResult<I>> work) {
            boolean more = true;
            while (more && !isStopping()) {
                Optional<I> item = retry(() -> items.hasNext() ? Optional.of(items.next()) : Optional.empty());
                more = item.isPresent();
                item.ifPresent(next -> submit(next, work));
            }
            complete &= !more;
        }

        private boolean isStopping() {
            if (progress.isStopRequested()) {
                stop();
            }
            return stopping;
        }

        /** What the step gives; empty if it fails, which ends the run. */
        private <T> Optional<T> retry(Supplier<Optional<T>> step) {
            try {
                return retries.run(step::get);
            } catch (RuntimeException e) {
                fail(e);
            }
            return Optional.empty();
        }

        private void submit(I item, OrderedWork<ItemResult<I>> work) {
            Optional<BulkResult> earlier = journal.result(item);
            if (earlier.isPresent()) {
                expectOneLess(item);
                work.submit(new ItemResult<>(item, true, earlier));
            } else {
                long number = submitted++;
                work.submit(() -> new ItemResult<>(item, false, Optional.of(work(item, number))), () -> {
                    sequencer.take(number, Optional.empty()).close();
                    return new ItemResult<>(item, false, Optional.empty());
                });
            }
        }

        private void expectOneLess(I item) {
            if (left.items() > 0) {
                left = new BulkSource.Extent(left.items() - 1, left.bytes() - item.size());
                progress.expect(left.items(), left.bytes());
            }
        }

        private void end(ItemResult<I> ended) {
            try {
                ended.result()
                        .ifPresentOrElse(
                                result -> end(ended.item(), result, ended.isEarlier()), () -> complete = false);
            } catch (RuntimeException e) {
                fail(e);
            }
            isStopping();
        }

        private void end(I item, BulkResult result, boolean isEarlier) {
            if (!isEarlier && result.outcome() != BulkResult.Outcome.FAILED) {
                journal.end(item, result);
            }
            result.cause().filter(BulkRun::concernsAll).ifPresent(cause -> fail((RuntimeException) cause));
            counts.add(result);
            listener.accept(item, result);
            if (!isEarlier) {
                progress.advance(1, item.size());
            }
        }

        private void fail(RuntimeException e) {
            complete = false;
            failure = failure.or(() -> Optional.of(e));
            stop();
        }

        private BulkResult work(I item, long number) {
            Optional<Prepared> prepared = Optional.empty();
            DigestSequencer.Turn turn;
            try {
                prepared = Optional.of(prepare(item));
            } finally {
                turn = sequencer.take(number, prepared.flatMap(Prepared::digest));
            }
            try (turn) {
                return finish(prepared.get(), turn);
            }
        }

        private Prepared prepare(I item) {
            try {
                TriedFilenames tried = new JournaledFilenames(item);
                return retries.run(() -> task.prepare(item, tried));
            } catch (IOException | RuntimeException e) {
                return Prepared.done(resultOf(e));
            }
        }

        private BulkResult finish(Prepared prepared, DigestSequencer.Turn turn) {
            try (prepared) {
                turn.awaitPredecessors();
                return retries.run(prepared::finish);
            } catch (RuntimeException e) {
                return resultOf(e);
            }
        }

        private BulkResult resultOf(Exception e) {
            if (e instanceof UploadRefusedException refusal) {
                return BulkResult.refused(refusal.code(), e);
            }
            if (concernsAll(e)) {
                stop();
            }
            return BulkResult.failed(e);
        }

        private void stop() {
            stopping = true;
            retries.stop();
        }
    }

    /** Whether trying other items makes no sense either. */
    private static boolean concernsAll(Exception e) {
        return (e instanceof Retryable
                        || e instanceof StoreException
                        || e instanceof RepositoryException
                        || e instanceof SettingsException
                        || e instanceof JournalException)
                && !(e instanceof IOException || e instanceof ObjectNotFoundException);
    }

    /**
     * @param isEarlier whether an earlier run has dealt with the item
     * @param result empty if the item was not begun, because of the end of the run
     */
    private record ItemResult<I>(I item, boolean isEarlier, Optional<BulkResult> result) {}

    /** For one thread at a time. */
    private final class JournaledFilenames implements TriedFilenames {

        private final I item;
        private final List<String> filenames;

        JournaledFilenames(I item) {
            this.item = item;
            this.filenames = new ArrayList<>(journal.attempts(item));
        }

        @Override
        public List<String> filenames() {
            return Collections.unmodifiableList(filenames);
        }

        @Override
        public void begin(String filename) {
            journal.begin(item, filename);
            filenames.add(filename);
        }
    }
}
