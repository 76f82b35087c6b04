package io.github.imagehost.core.work;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does tasks in several threads and delivers their results in the order of the tasks, in the thread that submits them.
 * At any time, only a limited number of tasks waits, runs, or has a result that is not yet delivered. Tasks begin in
 * their order.
 *
 * <p>No task begins any more after one has failed, after a stop was requested, after an interrupt, or after
 * {@link #close}. Tasks that have begun then come to their end, and their results are delivered, since they may have
 * changed something. For use by one thread.
 *
 * @param <T> the results
 */
public final class OrderedWork<T> implements AutoCloseable {

    private final ExecutorService executor;
    private final int mostPending;
    private final BooleanSupplier isStopRequested;
    private final Consumer<? super T> results;
    private final Deque<Future<T>> pending = new ArrayDeque<>();
    private volatile boolean isEnding;

    /**
     * Starts no thread before there is a task.
     *
     * @param name what the names of the threads begin with
     * @param threads how many tasks may run at once, at least 1
     * @param pendingPerThread how many tasks may wait, run or be undelivered for each thread, at least 1: the more, the
     *     longer one task may take before it keeps the others from beginning
     * @param isStopRequested once it answers {@code true}, no task begins; asked in any thread
     * @param results takes the results, in the thread that calls this object
     */
    public OrderedWork(
            String name,
            int threads,
            int pendingPerThread,
            BooleanSupplier isStopRequested,
            Consumer<? super T> results) {
        this.executor = Executors.newFixedThreadPool(
                threads,
                new ThreadFactoryBuilder()
                        .setNameFormat(name + "-%d")
                        .setDaemon(true)
                        .build());
        this.mostPending = threads * pendingPerThread;
        this.isStopRequested = isStopRequested;
        this.results = results;
    }

    /**
     * Has a task done, and delivers earlier results that are there. If too many tasks are pending, waits for the first
     * of them.
     *
     * @param task gives one result
     * @param unlessBegun gives the result in place of a task that does not begin any more, in the thread that would
     *     have done it
     * @throws WorkInterruptedException if the calling thread is interrupted while it waits
     * @throws RuntimeException if an earlier task has failed: what it threw, which may also be an {@link Error}
     */
    public void submit(Supplier<? extends T> task, Supplier<? extends T> unlessBegun) {
        add(executor.submit(() -> isEnding || isStopRequested.getAsBoolean() ? unlessBegun.get() : result(task)));
    }

    /** Delivers a result for which there is nothing to do, in its order; otherwise like {@link #submit}. */
    public void submit(T result) {
        add(Futures.immediateFuture(result));
    }

    private T result(Supplier<? extends T> task) {
        try {
            return task.get();
        } catch (RuntimeException | Error e) {
            isEnding = true;
            throw e;
        }
    }

    private void add(Future<T> future) {
        pending.add(future);
        while (pending.size() >= mostPending
                || (!pending.isEmpty() && pending.element().isDone())) {
            deliverNext();
        }
    }

    /**
     * Waits for all tasks and delivers their results. More may be submitted afterwards.
     *
     * @throws WorkInterruptedException if the calling thread is interrupted while it waits
     * @throws RuntimeException if one of the tasks has failed: what it threw, which may also be an {@link Error}
     */
    public void await() {
        while (!pending.isEmpty()) {
            deliverNext();
        }
    }

    private void deliverNext() {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pending.element().get();
        } catch (InterruptedException e) {
            isEnding = true;
            Thread.currentThread().interrupt();
            throw new WorkInterruptedException(e);
        } catch (ExecutionException e) {
            // told below, where the task is no longer pending
        }
        deliver(pending.remove());
    }

    private void deliver(Future<T> done) {
        T result;
        try {
            result = Futures.getDone(done);
        } catch (ExecutionException e) {
            Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
            throw new AssertionError("No supplier can throw this", e);
        }
        results.accept(result);
    }

    /**
     * Lets the tasks that have begun come to their end, delivers their results, and ends the threads; an interrupt does
     * not shorten this. Failures of these tasks are not told: the caller has the first one already, or did not
     * {@link #await} any.
     */
    @Override
    public void close() {
        isEnding = true;
        executor.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(executor);
        // a thread whose flag is set can't write to a channel
        boolean isInterrupted = Thread.interrupted();
        while (!pending.isEmpty()) {
            try {
                deliver(pending.remove());
            } catch (RuntimeException | Error e) {
                // only the first failure is told
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
