package io.github.imagehost.rest.benchmark;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Another service with the same upload API, which is measured beside ours on the same servers, with a database and a
 * bucket of its own: what ours replaces, say, or ours as it was before a change.
 */
final class Neighbour implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final TestDatabase database;
    private final Process process;
    private final int port;

    private Neighbour(TestDatabase database, Process process, int port) {
        this.database = database;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param command for the shell; the process that it begins, with its children, is what is measured. It finds what
     *     it is to use in its environment, in the settings of ours: {@code PORT}, {@code DB_HOST}, {@code S3_ENDPOINT}
     *     and so on
     */
    static Neighbour start(String command, Path directory) throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve("neighbour"));
        TestDatabase database = TestDatabases.onDurableServer();
        int port = freePort();
        Map<String, String> settings = new HashMap<>(S3TestServer.shared().freshBucket());
        settings.putAll(database.settings());
        settings.put("PORT", String.valueOf(port));
        settings.put("DATA_DIR", own.toString());
        Path output = own.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        Neighbour neighbour = new Neighbour(database, builder.start(), port);
        try {
            Waiting.until("the neighbour listens", LIMIT, () -> neighbour.listens(output));
            return neighbour;
        } catch (AssertionError | InterruptedException e) {
            neighbour.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens(Path output) throws IOException {
        if (!process.isAlive()) {
            throw new IOException("The neighbour has ended:\n" + Files.readString(output));
        }
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        database.close();
    }
}
