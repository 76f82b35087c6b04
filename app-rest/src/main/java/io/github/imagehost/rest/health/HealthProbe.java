package io.github.imagehost.rest.health;

import io.github.imagehost.core.port.store.StoreFullException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one component for a sign of life, within a time limit. While a question is open nobody asks another one, so that
 * a component that hangs costs one thread, however often somebody wants to know. Safe for use by many threads.
 */
final class HealthProbe {

    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);

    private static final long LIMIT_SECONDS = 4;

    private final String component;
    private final Runnable check;
    private final Executor executor;
    private final AtomicReference<@Nullable CompletableFuture<Void>> open = new AtomicReference<>();

    /** How a component is. */
    enum Condition {
        UP,
        /** It answers, but has no room for more. */
        FULL,
        DOWN
    }

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

        /** How the component is; down if it does not answer in time. */
        Condition await() {
            try {
                long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) - (System.nanoTime() - start);
                question.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                return Condition.UP;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StoreFullException full) {
                    log.warn("The {} is full: {}", component, full.getMessage());
                    return Condition.FULL;
                }
                log.warn(
                        "The {} is down: {}",
                        component,
                        e.getCause() == null ? e : e.getCause().getMessage());
                return Condition.DOWN;
            } catch (TimeoutException e) {
                log.warn("The {} is down: no answer within {} s", component, LIMIT_SECONDS);
                return Condition.DOWN;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Condition.DOWN;
            }
        }
    }
}
