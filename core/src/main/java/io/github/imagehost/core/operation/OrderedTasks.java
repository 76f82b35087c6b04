package io.github.imagehost.core.operation;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does many things in a few threads, and tells the results in the order in which the things were handed in. Keeps few of them in
 * memory. For one thread, which gets the results.
 *
 * @param <T> the results
 */
final class OrderedTasks<T> implements AutoCloseable {

    private static final int PENDING_FOR_EACH_THREAD = 64;

    private final ExecutorService executor;
    private final int mostPending;
    private final BooleanSupplier isStopRequested;
    private final Consumer<T> results;
    private final Deque<Future<Optional<T>>> pending = new ArrayDeque<>();
    private volatile boolean closing;

    /**
     * @param threads how many; one is the caller's
     * @param isStopRequested once it is true, nothing new begins
     * @param results takes the results
     */
    OrderedTasks(int threads, BooleanSupplier isStopRequested, Consumer<T> results) {
        this.executor = threads == 1
                ? MoreExecutors.newDirectExecutorService()
                : Executors.newFixedThreadPool(threads, task -> new Thread(task, "imagehost-operation"));
        this.mostPending = threads * PENDING_FOR_EACH_THREAD;
        this.isStopRequested = isStopRequested;
        this.results = results;
    }

    /**
     * Has a task done, and waits for earlier ones if there are too many of them.
     *
     * @param task has no result if it gives empty
     * @throws RuntimeException if an earlier task has failed: what it threw; likewise an {@link Error}
     */
    void submit(Supplier<Optional<T>> task) {
        if (pending.size() >= mostPending) {
            deliverNext();
        }
        pending.add(executor.submit(() -> closing || isStopRequested.getAsBoolean() ? Optional.empty() : task.get()));
    }

    /**
     * Waits for all tasks.
     *
     * @throws RuntimeException if one of them has failed: what it threw; likewise an {@link Error}
     */
    void await() {
        while (!pending.isEmpty()) {
            deliverNext();
        }
    }

    private void deliverNext() {
        try {
            pending.remove().get().ifPresent(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while tasks are under way", e);
        }
    }

    /** After a failure, what has begun comes to its end and its results are told, since it may have changed something. */
    @Override
    public void close() {
        closing = true;
        executor.shutdown();
        while (!pending.isEmpty()) {
            try {
                deliverNext();
            } catch (RuntimeException | Error e) {
                // the first failure is on its way to the caller already
            }
        }
    }
}
