package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two service processes on one installation. Safe for use by many threads. */
final class Cluster implements AutoCloseable {

    static final int SIZE = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One for each place; those that answer are also in {@link #answering}. */
    private final List<Node> nodes = new ArrayList<>();

    private final List<Node> answering = new ArrayList<>();

    private Cluster() {}

    /** Starts all processes at once and returns when they answer. */
    static Cluster start(Installation installation) throws IOException, InterruptedException {
        Cluster cluster = new Cluster();
        try {
            for (int place = 0; place < SIZE; place++) {
                Path directory = Files.createDirectory(installation.directory().resolve("node-" + place));
                cluster.nodes.add(Node.launch(directory, installation.settings(place)));
            }
            cluster.awaitAll();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** One of the processes that answer; waits until there is one. */
    synchronized Node any(Random random) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answering.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("No process answers");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return answering.get(random.nextInt(answering.size()));
    }

    /** All clients; to be called while all processes answer. */
    synchronized List<Client> clients() {
        return nodes.stream().map(Node::client).toList();
    }

    /** Kills the processes in these places, all of them at the same moment if there are several. */
    void kill(Set<Integer> places) throws InterruptedException {
        List<Thread> killers = new ArrayList<>();
        for (int place : places) {
            Thread killer = new Thread(node(place)::kill, "killer-" + place);
            killer.start();
            killers.add(killer);
        }
        for (Thread killer : killers) {
            killer.join();
        }
        synchronized (this) {
            places.forEach(place -> answering.remove(nodes.get(place)));
        }
    }

    /** Starts new processes in these places, without waiting until they answer. */
    synchronized void relaunch(Set<Integer> places) throws IOException {
        for (int place : places) {
            nodes.set(place, nodes.get(place).relaunch());
        }
    }

    /** Returns when some process says that it is well; fails if one ends before. */
    void awaitAny() throws InterruptedException {
        Waiting.until("some process is well", PATIENCE, () -> {
            for (int place = 0; place < SIZE; place++) {
                if (node(place).isWell()) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Returns when all processes answer; fails if one ends instead. */
    void awaitAll() throws InterruptedException {
        for (int place = 0; place < SIZE; place++) {
            Node node = node(place);
            node.awaitStart();
            synchronized (this) {
                if (!answering.contains(node)) {
                    answering.add(node);
                    notifyAll();
                }
            }
        }
    }

    private synchronized Node node(int place) {
        return nodes.get(place);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
