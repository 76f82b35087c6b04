package io.github.imagehost.rest.health;

import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.rest.health.Components.Condition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one component for a sign of life, within a time limit. While a question is open nobody asks another one, so that
 * a component that hangs costs one thread, however often somebody wants to know. Safe for use by many threads.
 */
final class HealthProbe {

    private static final long LIMIT_SECONDS = 4;

    private final String component;
    private final Runnable check;
    private final Executor executor;
    private final AtomicReference<@Nullable CompletableFuture<Void>> open = new AtomicReference<>();

    HealthProbe(String component, Runnable check, Executor executor) {
        this.component = component;
        this.check = check;
        this.executor = executor;
    }

    /** Asks, or joins those who wait for the answer to an open question. */
    Running start() {
        CompletableFuture<Void> question = new CompletableFuture<>();
        CompletableFuture<Void> present = open.compareAndExchange(null, question);
        if (present != null) {
            return new Running(present);
        }
        executor.execute(() -> {
            try {
                check.run();
                question.complete(null);
            } catch (RuntimeException | Error e) {
                question.completeExceptionally(e);
            } finally {
                open.set(null);
            }
        });
        return new Running(question);
    }

    /** An open question. */
    final class Running {

        private final CompletableFuture<Void> question;
        private final long start = System.nanoTime();

        private Running(CompletableFuture<Void> question) {
            this.question = question;
        }

        /**
         * How the component is; down if it does not answer in time.
         *
         * @param failures is told what is wrong with it
         */
        Condition await(Consumer<Throwable> failures) {
            try {
                long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) - (System.nanoTime() - start);
                question.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                return Condition.UP;
            } catch (ExecutionException e) {
                Throwable failure = e.getCause() == null ? e : e.getCause();
                failures.accept(failure);
                return failure instanceof StoreFullException ? Condition.FULL : Condition.DOWN;
            } catch (TimeoutException e) {
                failures.accept(new TimeoutException(
                        "The " + component + " gave no sign of life within " + LIMIT_SECONDS + " s"));
                return Condition.DOWN;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Condition.DOWN;
            }
        }
    }
}
