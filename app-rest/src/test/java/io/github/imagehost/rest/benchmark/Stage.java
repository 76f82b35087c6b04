package io.github.imagehost.rest.benchmark;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The servers, and the service on them. For one thread. */
final class Stage implements AutoCloseable {

    private final Options options;
    private final Path directory;
    private final TestDatabase database;
    private final DatabaseProbe probe;
    private final Map<String, String> settings;
    private final Rows rows;
    private final Optional<Neighbour> neighbour;
    private final Map<Integer, Picture> pictures = new HashMap<>();
    private ServiceProcess service;

    private Stage(
            Options options,
            Path directory,
            TestDatabase database,
            DatabaseProbe probe,
            Map<String, String> settings,
            Optional<Neighbour> neighbour,
            ServiceProcess service) {
        this.options = options;
        this.directory = directory;
        this.database = database;
        this.probe = probe;
        this.settings = settings;
        this.rows = new Rows(database);
        this.neighbour = neighbour;
        this.service = service;
    }

    /** Starts everything, with an empty database and an empty bucket. */
    static Stage open(Options options, Path directory) throws IOException, InterruptedException, SQLException {
        TestDatabase database = TestDatabases.onDurableServer();
        database.execute(NewImageFloor.TABLE);
        Map<String, String> settings = new HashMap<>(S3TestServer.shared().freshBucket());
        settings.putAll(database.settings());
        settings.put(
                "DATA_DIR", Files.createDirectory(directory.resolve("data")).toString());
        settings.put("RATE_LIMIT_MAX", "0");
        settings.putAll(options.settings());
        DatabaseProbe probe = new DatabaseProbe(database.databaseSettings().unpooledDataSource());
        Optional<Neighbour> neighbour = options.neighbour().isPresent()
                ? Optional.of(Neighbour.start(options.neighbour().get(), directory))
                : Optional.empty();
        return new Stage(options, directory, database, probe, settings, neighbour, start(options, directory, settings));
    }

    /** Adds images until there are this many, and starts the service anew. */
    void prepare(long images) throws IOException, InterruptedException, SQLException {
        end(service);
        rows.fill(images);
        service = start(options, directory, settings);
    }

    Options options() {
        return options;
    }

    Rows rows() {
        return rows;
    }

    String databaseVersion() throws SQLException {
        return probe.version();
    }

    String storeEndpoint() {
        return String.valueOf(settings.get("S3_ENDPOINT"));
    }

    /** Where the service is. */
    URI base() {
        return service.client().base();
    }

    /** Whom the service is measured beside. */
    Optional<Neighbour> neighbour() {
        return neighbour;
    }

    long servicePid() {
        return service.pid();
    }

    /** One more service, which need not answer yet. The caller ends it. */
    ServiceProcess launchAnother() throws IOException {
        return ServiceProcess.launch(
                directory, settings, options.javaHome(), options.jvm().toArray(String[]::new));
    }

    /** A picture of the kind that was asked for, always the same for one size. */
    Picture picture(int size) {
        return pictures.computeIfAbsent(size, options.pictures()::make);
    }

    /** Looks at the service. */
    Meter meter() {
        return meter(service.pid());
    }

    /** The figures of a {@link NewImageFloor}. */
    Figures measureNewImageFloor(int size, int picturesOfARequest, int clients, Load load) throws IOException {
        Object[] arguments = {
            options.pictures(),
            size,
            picturesOfARequest,
            clients,
            load.warmUp(),
            load.warmUpTime(),
            load.requests(),
            load.time()
        };
        try (FloorProcess floor = startFloor(NewImageFloor.class, arguments)) {
            return Figures.parse(floor.line());
        }
    }

    /** The figures of a {@link DuplicateFloor}. */
    Figures measureDuplicateFloor(Picture picture, int clients, Load load) throws Exception {
        Path floorDirectory = Files.createTempDirectory(directory, "floor-");
        try (FloorProcess floor = startFloor(DuplicateFloor.class, floorDirectory)) {
            URI base = URI.create("http://127.0.0.1:" + floor.line());
            UploadRequest upload = UploadRequest.single(base, picture);
            return ClosedLoop.measure(
                    HttpClients.uploadingTheSame(base, upload, DuplicateFloor.ANSWER),
                    clients,
                    load,
                    meter(floor.pid()));
        }
    }

    /** Looks at another process that uses the same database server. */
    Meter meter(long pid) {
        return new Meter(pid, probe);
    }

    private FloorProcess startFloor(Class<?> main, Object... arguments) throws IOException {
        return FloorProcess.start(
                options.javaHome().resolve("bin/java"), options.floorJvm(), directory, settings, main, arguments);
    }

    private static ServiceProcess start(Options options, Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        ServiceProcess service = ServiceProcess.launch(
                directory, settings, options.javaHome(), options.jvm().toArray(String[]::new));
        service.awaitStart();
        return service;
    }

    /** As an operator does, so that recordings are written to the end. */
    private static void end(ServiceProcess service) throws IOException {
        try (service) {
            service.terminate();
            service.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the service ended", e);
        }
    }

    @Override
    public void close() throws IOException {
        neighbour.ifPresent(Neighbour::close);
        end(service);
        database.close();
    }
}
