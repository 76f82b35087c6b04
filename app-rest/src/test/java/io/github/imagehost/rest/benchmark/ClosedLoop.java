package io.github.imagehost.rest.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Clients that each make one request after the other, as fast as they are answered. */
final class ClosedLoop implements Closeable {

    /** Whoever makes requests. Each client is used by one thread at a time. */
    interface Client extends Closeable {

        /**
         * Makes one request and makes sure that the answer is right.
         *
         * @return how many bytes it sent
         * @throws Exception if there is no right answer, which ends the run
         */
        long request() throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** How one client comes to be. */
    interface Clients {

        Client open() throws Exception;
    }

    /**
     * How much load there is. A phase ends after its number of requests or its time, whatever comes first.
     *
     * @param warmUp how many requests before those that are measured
     * @param requests how many are measured
     */
    record Load(int warmUp, Duration warmUpTime, int requests, Duration time) {

        /** The same with fewer requests. */
        Load atMost(int mostWarmUp, int mostRequests) {
            return new Load(Math.min(warmUp, mostWarmUp), warmUpTime, Math.min(requests, mostRequests), time);
        }
    }

    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads;

    private ClosedLoop(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * Warms up and measures one server alone.
     *
     * @param meter looks at the processes meanwhile
     */
    static Figures measure(Clients factory, int count, Load load, Meter meter) throws Exception {
        Contender alone = new Contender("", factory, count, load, meter);
        Contender.measure(List.of(alone), 1);
        return alone.figures();
    }

    /** Connects so many clients. */
    static ClosedLoop open(Clients factory, int count) throws Exception {
        ClosedLoop loop = new ClosedLoop(Executors.newFixedThreadPool(count));
        try {
            for (int i = 0; i < count; i++) {
                loop.clients.add(factory.open());
            }
            return loop;
        } catch (Exception e) {
            loop.close();
            throw e;
        }
    }

    /**
     * One phase.
     *
     * @throws IOException if a request fails; it is the last one of all clients
     */
    Requests run(int most, Duration time) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long[] nanos = new long[most];
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        LongAdder sent = new LongAdder();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Client client : clients) {
            tasks.add(() -> {
                try {
                    while (!failed.get()
                            && System.nanoTime() - start < time.toNanos()
                            && begun.getAndIncrement() < most) {
                        long requested = System.nanoTime();
                        sent.add(client.request());
                        nanos[done.getAndIncrement()] = System.nanoTime() - requested;
                    }
                    return true;
                } catch (Exception e) {
                    failed.set(true);
                    throw e;
                }
            });
        }
        for (Future<Boolean> task : threads.invokeAll(tasks)) {
            get(task);
        }
        return Requests.of(nanos, done.get(), System.nanoTime() - start, sent.sum());
    }

    private static void get(Future<Boolean> task) throws IOException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IOException("A request failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Client client : clients) {
            client.close();
        }
    }
}
