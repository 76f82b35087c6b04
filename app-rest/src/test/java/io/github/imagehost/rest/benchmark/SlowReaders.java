package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Clients that each take the same answer, a little of it at a time, until they are told to hurry. */
final class SlowReaders implements AutoCloseable {

    private final ExecutorService threads;
    private final List<Future<?>> readers = new ArrayList<>();
    private final Failures failures = new Failures();
    private final CountDownLatch answered;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final LongAdder taken = new LongAdder();

    private SlowReaders(int count) {
        threads = Executors.newFixedThreadPool(count);
        answered = new CountDownLatch(count);
    }

    /**
     * Lets them ask, all at the same moment.
     *
     * @param bytes how many each takes at once
     * @param pause how long it waits then
     */
    static SlowReaders begin(int count, URI base, byte[] request, int bytes, Duration pause) {
        SlowReaders readers = new SlowReaders(count);
        for (int i = 0; i < count; i++) {
            readers.readers.add(readers.threads.submit(() -> {
                readers.read(base, request, bytes, pause);
                return null;
            }));
        }
        return readers;
    }

    private void read(URI base, byte[] request, int bytes, Duration pause) throws IOException {
        Slowness body = new Slowness(pause);
        try (HttpConnection connection = HttpConnection.narrow(base, bytes)) {
            connection.fetch(request, body);
        } catch (IOException e) {
            failures.count(e);
        } finally {
            body.begun();
        }
    }

    /**
     * Waits until each has got the beginning of its answer, or has failed.
     *
     * @return whether that is so within this time
     */
    boolean awaitAnswers(Duration limit) throws InterruptedException {
        return answered.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many bytes they have taken so far. */
    long taken() {
        return taken.sum();
    }

    /** Lets them take what is left as it comes, and returns when all are done. */
    void finish() throws IOException, InterruptedException {
        hurry.countDown();
        for (Future<?> reader : readers) {
            try {
                reader.get();
            } catch (ExecutionException e) {
                throw new IOException("A slow reader failed: " + e.getCause(), e.getCause());
            }
        }
    }

    /** Those that were refused or have not got the whole, so far. */
    Failures failures() {
        return failures;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        hurry.countDown();
    }

    /** Waits after each piece. */
    private final class Slowness extends OutputStream {

        private final Duration pause;
        private boolean begun;

        Slowness(Duration pause) {
            this.pause = pause;
        }

        void begun() {
            if (!begun) {
                begun = true;
                answered.countDown();
            }
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            begun();
            taken.add(count);
            try {
                hurry.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }
}
