package io.github.imagehost.mysql;

import io.github.imagehost.mysql.transaction.TimeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Calls of a repository that share a batch. */
final class Together {

    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(50_000);

    private static final TimeLimits USUAL = TimeLimits.DEFAULT;

    /** With them, nobody goes ahead before his batch is complete. */
    static final TimeLimits LIMITS =
            new TimeLimits(USUAL.lock(), USUAL.statement(), USUAL.silence(), USUAL.conflicts(), Duration.ofMinutes(1));

    private Together() {}

    /**
     * Makes calls, all of which wait while the only connection is held.
     *
     * @param holdConnection holds it while it runs what it is given
     * @return the answers, in the order of the calls
     */
    static <A> List<A> call(List<? extends Callable<A>> calls, Consumer<Runnable> holdConnection) throws Exception {
        List<FutureTask<A>> tasks = new ArrayList<>();
        calls.forEach(call -> tasks.add(new FutureTask<>(call)));
        holdConnection.accept(() -> tasks.forEach(task -> startAndAwaitWaiting(new Thread(task))));
        List<A> answers = new ArrayList<>();
        for (FutureTask<A> task : tasks) {
            answers.add(task.get(1, TimeUnit.MINUTES));
        }
        return answers;
    }

    /** Waits until it waits for something. */
    static void startAndAwaitWaiting(Thread thread) {
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            // nobody tells; the thread may need this processor to get there
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
