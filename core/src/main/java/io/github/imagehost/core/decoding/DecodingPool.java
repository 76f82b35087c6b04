package io.github.imagehost.core.decoding;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Decodes in threads of its own while whoever wants it waits: so the answer goes out in time whatever the decoder does,
 * and what a decoder holds stays counted in its {@link Lane} until it has really come to its end. Threads are platform
 * threads, are begun when there is something to decode, and end when there was nothing for a while. Safe for use by
 * many threads.
 */
public final class DecodingPool implements AutoCloseable {

    /** What is to be done with a picture. */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param signal says when to stop
         */
        T run(StopSignal signal) throws Exception;
    }

    /** After so long somebody who waits is asked whether it still does. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration END = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;
    private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();

    /**
     * A pool without a thread yet.
     *
     * @param name what its threads are called
     */
    public DecodingPool(String name) {
        // how many there are is bounded by the lanes
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                new ThreadFactoryBuilder()
                        .setNameFormat(name + "-%d")
                        .setDaemon(true)
                        .build());
    }

    /**
     * Does some work, and returns what came of it.
     *
     * @param lane where it has to wait for others
     * @param bytes that it will hold, at most {@link Lane#memory()}
     * @param patience how long it may wait for its turn
     * @param limit how long it may take from then on; asked when its turn has come
     * @param work is told by its signal that it is to stop, and may go on for longer than anybody waits for it
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws DecodersBusyException if its turn does not come in time, this thread was interrupted, or the pool is
     *     closed
     * @throws DecodingOverdueException if it does not come to its end in time
     * @throws ExecutionException if it failed; the cause says why
     */
    public <T> T run(
            Lane lane, long bytes, Duration patience, Supplier<Duration> limit, Requester requester, Work<T> work)
            throws DecodersBusyException, DecodingOverdueException, ExecutionException {
        StopSignal signal = new StopSignal();
        Lane.Place place = lane.enter(bytes, patience, PAUSE, requester);
        FutureTask<T> job = start(work, place, signal);
        try {
            return await(job, limit.get(), requester);
        } catch (ExecutionException e) {
            if (signal.isStopped()) {
                throw new DecodersBusyException("The decoders were closed", e);
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DecodersBusyException("Interrupted while a picture was decoded", e);
        } finally {
            signal.stop();
            if (!job.isDone()) {
                place.letAnotherIn();
            }
        }
    }

    /** Whatever there is no memory for, the place is left again. */
    private <T> FutureTask<T> start(Work<T> work, Lane.Place place, StopSignal signal) throws DecodersBusyException {
        try {
            FutureTask<T> job = new FutureTask<>(() -> {
                try {
                    return work.run(signal);
                } finally {
                    running.remove(signal);
                    place.leave();
                }
            });
            running.add(signal);
            threads.execute(job);
            return job;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // it is closed, or there is no memory, or the system has no more threads
            running.remove(signal);
            place.leave();
            throw new DecodersBusyException("There is no thread to decode a picture in", e);
        }
    }

    private static <T> T await(FutureTask<T> job, Duration limit, Requester requester)
            throws InterruptedException, DecodingOverdueException, ExecutionException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            try {
                return job.get(Math.max(0, Math.min(left, PAUSE.toNanos())), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= 0) {
                    throw new DecodingOverdueException(
                            "Decoding a picture takes longer than " + limit.toMillis() + " ms", e);
                }
                if (!requester.isWaiting()) {
                    throw new RequesterGoneException();
                }
            }
        }
    }

    /** How many pictures are being decoded now; those that nobody waits for any more are among them. */
    public int active() {
        return running.size();
    }

    /** Tells everybody to stop, and waits a little until they have. Whoever does not listen ends on its own. */
    @Override
    public void close() {
        threads.shutdown();
        running.forEach(StopSignal::stop);
        try {
            threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
