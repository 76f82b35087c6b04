package io.github.imagehost.rest.benchmark;

import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The service with a database, a store and a folder of its own. For one thread. */
final class Installation implements Closeable {

    private static final String ACCESS = "ACCESS";
    private static final String TOKEN = "token";

    private final String name;
    private final Options options;
    private final Path directory;
    private final TestDatabase database;
    private final Map<String, String> settings;
    private final Caller caller;
    private final Rows rows;
    private ServiceProcess service;

    private Installation(
            String name,
            Options options,
            Path directory,
            TestDatabase database,
            Map<String, String> settings,
            Caller caller)
            throws IOException, InterruptedException {
        this.name = name;
        this.options = options;
        this.directory = directory;
        this.database = database;
        this.settings = settings;
        this.caller = caller;
        this.rows = new Rows(database, caller.owner());
        this.service = start();
    }

    /**
     * Starts one with an empty database and an empty store.
     *
     * @param directory in which it gets a folder of this name
     * @param further settings beyond those that it needs here; if they say that it wants a token, there is one
     */
    static Installation open(String name, Options options, Path directory, Map<String, String> further)
            throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve(name));
        TestDatabase database = TestDatabases.onDurableServer();
        Map<String, String> settings = new HashMap<>(options.store().freshSettings());
        settings.putAll(database.settings());
        settings.put("DATA_DIR", own.toString());
        settings.put("RATE_LIMIT_MAX", "0");
        settings.putAll(further);
        return new Installation(name, options, directory, database, settings, caller(settings, database));
    }

    private static Caller caller(Map<String, String> settings, TestDatabase database) {
        if (!TOKEN.equals(settings.get(ACCESS))) {
            return Caller.NOBODY;
        }
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            return Caller.withToken(repository.access());
        }
    }

    /** Adds images until there are this many, and starts the service anew. */
    void prepare(long images) throws IOException, InterruptedException, SQLException {
        end();
        rows.fill(images);
        service = start();
    }

    String name() {
        return name;
    }

    Target target() {
        return Target.ours(service.client().base(), caller);
    }

    long pid() {
        return service.pid();
    }

    Rows rows() {
        return rows;
    }

    TestDatabase database() {
        return database;
    }

    /** All that it was started with. */
    Map<String, String> settings() {
        return settings;
    }

    /** One more process of it, which need not answer yet. The caller ends it. */
    ServiceProcess launchAnother() throws IOException {
        return launch(settings);
    }

    private ServiceProcess launch(Map<String, String> all) throws IOException {
        return ServiceProcess.launch(
                directory, all, options.javaHome(), options.jvm().toArray(String[]::new));
    }

    /** One more process of it, which listens where its links lead to. The caller ends it. */
    ServiceProcess launchAtItsPublicAddress() throws IOException {
        int port = Loopback.freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.put("PORT", String.valueOf(port));
        all.put("PUBLIC_URL", Loopback.at(port).toString());
        return launch(all);
    }

    private ServiceProcess start() throws IOException, InterruptedException {
        ServiceProcess started = launchAnother();
        started.awaitStart();
        return started;
    }

    /** As an operator does, so that recordings are written to the end. */
    private void end() throws IOException {
        try (ServiceProcess ending = service) {
            ending.terminate();
            ending.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the service ended", e);
        }
    }

    @Override
    public void close() throws IOException {
        end();
        database.close();
    }
}
