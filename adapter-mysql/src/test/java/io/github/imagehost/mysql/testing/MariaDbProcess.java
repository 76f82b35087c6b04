package io.github.imagehost.mysql.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A MariaDB server as a process of its own, on a free port of 127.0.0.1, with its data in a temporary directory. */
public final class MariaDbProcess implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DATABASE = "imagehost";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /**
     * What it commits outlives its end, however sudden, but not the machine's; tests would wait for the disk all the
     * time.
     */
    private static final List<String> HASTE =
            List.of("--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync", "--debug-no-sync");

    /** The opposite. */
    static final String[] DURABLE = {
        "--innodb-flush-log-at-trx-commit=1", "--innodb-flush-method=O_DIRECT", "--skip-debug-no-sync"
    };

    private final Path home;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private final Thread cleaner = new Thread(this::end, "stops a MariaDB");
    private Process process;

    private MariaDbProcess(Path home, Path directory, int port, List<String> options) throws IOException {
        this.home = home;
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    static MariaDbProcess start(String... options) {
        try {
            Path home = MariaDbFiles.home();
            Path directory = Files.createTempDirectory("imagehost-mariadb");
            int port = freePort();
            MariaDbFiles.copyNewData(directory.resolve("data"));
            Files.createDirectory(directory.resolve("temporary"));
            MariaDbProcess server = new MariaDbProcess(home, directory, port, List.of(options));
            Runtime.getRuntime().addShutdownHook(server.cleaner);
            server.awaitAnswer();
            TestDatabase.executeOn(server.server(), "CREATE DATABASE " + DATABASE);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings for its database, as an application reads them. */
    public Map<String, String> settings() {
        return server().settings(DATABASE);
    }

    /** Its database; closing it does nothing. */
    public TestDatabase database() {
        return TestDatabase.with(settings(), () -> {});
    }

    DatabaseServer server() {
        return new DatabaseServer(LOOPBACK, port, "root", "", "DISABLED");
    }

    /** Stops it as an operator would; returns when it is gone. */
    public void stop() {
        process.destroy();
        await();
    }

    /** Ends it as a crash would; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /**
     * Starts it again after {@link #stop} or {@link #kill}, on the same port and with its data; returns when it
     * answers.
     */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** Ends it and deletes its data. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        end();
    }

    private void end() {
        kill();
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("MariaDB does not end; see " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                DriverManager.getConnection("jdbc:mysql://" + LOOPBACK + ":" + port + "/?sslMode=DISABLED", "root", "")
                        .close();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("MariaDB does not answer:\n" + log(), e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/mariadbd").toString(), "--no-defaults"));
        command.addAll(MariaDbFiles.places(home, directory.resolve("data"), directory.resolve("temporary")));
        command.addAll(List.of(
                "--bind-address=" + LOOPBACK,
                "--port=" + port,
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--lc-messages-dir=" + home.resolve("share"),
                "--skip-name-resolve",
                // it would make itself a key at each start, which takes seconds of a processor
                "--skip-ssl",
                "--innodb-buffer-pool-size=64M",
                "--max-connections=300"));
        command.addAll(HASTE);
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
