package io.github.imagehost.core.bulk;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.github.imagehost.core.bulk.BulkTask.Prepared;
import io.github.imagehost.core.intake.UploadRefusedException;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.operation.Progress;
import io.github.imagehost.core.port.ObjectNotFoundException;
import io.github.imagehost.core.port.RepositoryException;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Does a task with many items, several at a time. One bad item never stops the others; a store or a database that is away does,
 * after some seconds of patience, and so does whoever asks to. What was done until then is in the journal, and a run with the
 * same journal goes on from there.
 *
 * @param <I> the items
 */
public final class BulkRun<I extends BulkItem> {

    /** What is waited before each further try where nobody says otherwise: as long as a server takes to be started again. */
    public static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** How many items may be under way for each thread: one that takes long must not keep the others from going on. */
    private static final int AHEAD = 4;

    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private final BulkTask<? super I> task;
    private final BulkJournal journal;
    private final int jobs;
    private final List<Duration> pauses;

    /** With the usual {@link #PAUSES}; otherwise as the other one. */
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
     * Deals with all items, or goes on doing so. Every thread that it starts has ended when it returns.
     *
     * @param listener is told the result of each item, those of earlier runs included: one after the other in their order, in
     *     the caller's thread
     * @param progress counts what is left to do
     */
    public BulkReport run(
            BulkSource<? extends I> source, BiConsumer<? super I, ? super BulkResult> listener, Progress progress) {
        ExecutorService workers = Executors.newFixedThreadPool(
                jobs,
                new ThreadFactoryBuilder()
                        .setNameFormat("imagehost-bulk-%d")
                        .setDaemon(true)
                        .build());
        try (Pass pass = new Pass(workers, listener, progress)) {
            return pass.through(source);
        }
    }

    /** One way through all items. For one thread, but for what the workers do. */
    private final class Pass implements AutoCloseable {

        private final ExecutorService workers;
        private final BiConsumer<? super I, ? super BulkResult> listener;
        private final Progress progress;
        private final Patience patience;
        private final Turns turns = new Turns();
        private final Tally tally = new Tally();
        private final Deque<UnderWay<I>> window = new ArrayDeque<>();
        private volatile boolean stopping;
        private long submitted;
        private Optional<RuntimeException> failure = Optional.empty();
        private boolean complete = true;
        private BulkSource.Extent left = BulkSource.Extent.UNKNOWN;

        Pass(ExecutorService workers, BiConsumer<? super I, ? super BulkResult> listener, Progress progress) {
            this.workers = workers;
            this.listener = listener;
            this.progress = progress;
            this.patience = new Patience(pauses, progress::isStopRequested);
        }

        BulkReport through(BulkSource<? extends I> source) {
            left = insistOn(() -> Optional.of(source.extent())).orElse(BulkSource.Extent.UNKNOWN);
            progress.expect(left.items(), left.bytes());
            Iterator<? extends I> items = source.items();
            boolean more = true;
            while (more || !window.isEmpty()) {
                if (progress.isStopRequested()) {
                    stop();
                }
                if (more && !stopping && window.size() < jobs * AHEAD) {
                    Optional<I> item = insistOn(() -> items.hasNext() ? Optional.of(items.next()) : Optional.empty());
                    more = item.isPresent();
                    item.ifPresent(this::begin);
                } else if (window.isEmpty()) {
                    complete = false;
                    more = false;
                } else {
                    end(window.remove());
                }
            }
            return tally.report(complete, failure);
        }

        /** Empty if there is nothing, or if nobody can tell. */
        private <T> Optional<T> insistOn(Supplier<Optional<T>> step) {
            try {
                return patience.insistOn(step::get);
            } catch (RuntimeException e) {
                fail(e);
            } catch (IOException e) {
                throw new AssertionError("No supplier can throw this", e);
            }
            return Optional.empty();
        }

        private void begin(I item) {
            Optional<BulkResult> earlier = journal.result(item);
            if (earlier.isPresent()) {
                expectOneLess(item);
                window.add(new UnderWay<>(item, true, CompletableFuture.completedFuture(earlier)));
            } else {
                long number = submitted++;
                window.add(new UnderWay<>(item, false, workers.submit(() -> work(item, number))));
            }
        }

        private void expectOneLess(I item) {
            if (left.items() > 0) {
                left = new BulkSource.Extent(left.items() - 1, left.bytes() - item.size());
                progress.expect(left.items(), left.bytes());
            }
        }

        private void end(UnderWay<I> underWay) {
            try {
                Optional<BulkResult> result = await(underWay.result());
                if (result.isPresent()) {
                    end(underWay.item(), result.get(), underWay.isEarlier());
                } else {
                    complete = false;
                }
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void end(I item, BulkResult result, boolean isEarlier) {
            if (!isEarlier && result.outcome() != BulkResult.Outcome.FAILED) {
                journal.end(item, result);
            }
            result.cause().filter(BulkRun::concernsAll).ifPresent(cause -> fail((RuntimeException) cause));
            tally.add(result);
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

        /** Empty if it was not begun, because of the end of the run. */
        private Optional<BulkResult> work(I item, long number) {
            Optional<Prepared> prepared = Optional.empty();
            Optional<BulkResult> failed = Optional.empty();
            Turns.Turn turn;
            try {
                if (!stopping) {
                    Attempts attempts = new JournaledAttempts(item);
                    prepared = Optional.of(patience.insistOn(() -> task.prepare(item, attempts)));
                }
            } catch (IOException | RuntimeException e) {
                failed = Optional.of(resultOf(e));
            } finally {
                turn = turns.take(number, prepared.flatMap(Prepared::digest));
            }
            try (turn) {
                return prepared.isPresent() ? Optional.of(finish(prepared.get(), turn)) : failed;
            }
        }

        private BulkResult finish(Prepared prepared, Turns.Turn turn) {
            try (prepared) {
                turn.awaitPredecessors();
                return patience.insistOn(prepared::finish);
            } catch (IOException | RuntimeException e) {
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
            patience.exhaust();
        }

        /** An interrupt asks to stop, too. */
        private Optional<BulkResult> await(Future<Optional<BulkResult>> future) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return future.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                        stop();
                    } catch (ExecutionException e) {
                        Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
                        throw new AssertionError("Workers throw what is unchecked", e);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            stop();
            MoreExecutors.shutdownAndAwaitTermination(workers, LONGEST_STEP);
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

    private record UnderWay<I>(I item, boolean isEarlier, Future<Optional<BulkResult>> result) {}

    /** For one thread at a time. */
    private final class JournaledAttempts implements Attempts {

        private final I item;
        private final List<String> filenames;

        JournaledAttempts(I item) {
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
