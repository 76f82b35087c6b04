package io.github.imagehost.rest.benchmark;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Another service with the same upload API, which is measured beside ours on the same servers, with a database and a
 * bucket of its own: what ours replaces, say, or ours as it was before a change.
 */
final class Neighbour implements Closeable {

    static final String NAME = "neighbour";

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
     * @param store where it keeps the bytes, as ours does
     */
    static Neighbour start(String command, StoreKind store, Path directory) throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve(NAME));
        TestDatabase database = TestDatabases.onDurableServer();
        int port = Loopback.freePort();
        Map<String, String> settings = new HashMap<>(store.freshSettings());
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

    private boolean listens(Path output) throws IOException {
        if (!process.isAlive()) {
            throw new IOException("The neighbour has ended:\n" + Files.readString(output));
        }
        return Loopback.listens(port);
    }

    Target target() {
        return Target.neighbour(Loopback.at(port));
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
