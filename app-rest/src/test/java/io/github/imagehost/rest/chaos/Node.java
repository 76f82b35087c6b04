package io.github.imagehost.rest.chaos;

import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One life of a service process. Safe for use by many threads. */
final class Node implements AutoCloseable {

    /** Two of them share a small machine with servers and clients. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private final Path directory;
    private final Map<String, String> settings;
    private final ServiceProcess process;
    private volatile boolean killed;

    private Node(Path directory, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.process = ServiceProcess.launch(directory, settings, COLLECTOR);
    }

    /** Starts a process in this directory, without waiting until it answers. */
    static Node launch(Path directory, Map<String, String> settings) throws IOException {
        return new Node(directory, settings);
    }

    /** Starts the process again that was killed, without waiting until it answers. */
    Node relaunch() throws IOException {
        return launch(directory, settings);
    }

    /** Returns when it answers. */
    void awaitStart() throws InterruptedException {
        process.awaitStart();
    }

    /** Whether it says that it is well; fails if it has ended. */
    boolean isWell() throws IOException, InterruptedException {
        return process.answers();
    }

    /** Talks to it; waits until it listens. */
    Client client() {
        return process.client();
    }

    /** Whether somebody has begun to kill it, so that it may break connections off. */
    boolean isKilled() {
        return killed;
    }

    /** Ends it as {@code kill -9} does, and returns when it is gone. */
    void kill() {
        killed = true;
        process.close();
    }

    /** What it has printed. */
    String output() throws IOException {
        return process.output();
    }

    @Override
    public void close() {
        kill();
    }
}
