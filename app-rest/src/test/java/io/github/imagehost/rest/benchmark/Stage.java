package io.github.imagehost.rest.benchmark;

import io.github.imagehost.rest.benchmark.ClosedLoop.Load;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers, the service on them, and whom it is measured beside. For one thread. */
final class Stage implements Closeable {

    private static final String SERVICE = "service";
    private static final String TWIN = "twin";

    private final Options options;
    private final Path directory;
    private final Installation service;
    private final Optional<Installation> twin;
    private final Optional<Neighbour> neighbour;
    private final Optional<Nginx> nginx;
    private final DatabaseProbe probe;
    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final Map<Integer, Picture> pictures = new HashMap<>();

    private Stage(Options options, Path directory) throws IOException, InterruptedException, SQLException {
        this.options = options;
        this.directory = directory;
        try {
            this.service = opened(Installation.open(SERVICE, options, directory, options.settings()));
            this.twin = options.twin().isEmpty()
                    ? Optional.empty()
                    : Optional.of(opened(Installation.open(TWIN, options, directory, options.twinSettings())));
            this.neighbour = options.neighbour().isPresent()
                    ? Optional.of(opened(Neighbour.start(options.neighbour().get(), options.store(), directory)))
                    : Optional.empty();
            this.nginx = options.nginx().isEmpty()
                    ? Optional.empty()
                    : Optional.of(opened(Nginx.start(options.nginx(), directory)));
            this.probe = new DatabaseProbe(service.database().databaseSettings().unpooledDataSource());
            service.database().execute(NewImageFloor.TABLE);
        } catch (IOException | InterruptedException | SQLException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Starts everything, with empty databases and empty stores. */
    static Stage open(Options options, Path directory) throws IOException, InterruptedException, SQLException {
        return new Stage(options, directory);
    }

    private <T extends Closeable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Adds images until there are this many, and starts the service and its twin anew. */
    void prepare(long images) throws IOException, InterruptedException, SQLException {
        for (Installation installation : installations()) {
            installation.prepare(images);
        }
    }

    Options options() {
        return options;
    }

    String databaseVersion() throws SQLException {
        return probe.version();
    }

    String store() {
        return service.settings().getOrDefault("S3_ENDPOINT", "a directory");
    }

    /** What all this is about. */
    Installation service() {
        return service;
    }

    /** The service, and its twin if there is one. */
    List<Installation> installations() {
        return twin.map(other -> List.of(service, other)).orElse(List.of(service));
    }

    /** Another service that it is measured beside. */
    Optional<Neighbour> neighbour() {
        return neighbour;
    }

    /** Whom its delivery is measured beside. */
    Optional<Nginx> nginx() {
        return nginx;
    }

    /** A picture of the kind that was asked for, always the same for one size. */
    Picture picture(int size) {
        return pictures.computeIfAbsent(size, options.pictures()::make);
    }

    /** Looks at a process that uses the database server. */
    Meter meter(long pid) {
        return new Meter(pid, probe);
    }

    /** The figures of a {@link NewImageFloor}; none without an S3 server. */
    Optional<Figures> measureNewImageFloor(int size, int picturesOfARequest, int clients, Load load)
            throws IOException {
        if (options.store() != StoreKind.S3) {
            return Optional.empty();
        }
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
            return Optional.of(Figures.parse(floor.line()));
        }
    }

    /** The figures of a {@link DuplicateFloor}. */
    Optional<Figures> measureDuplicateFloor(Picture picture, int clients, Load load) throws Exception {
        Path floorDirectory = Files.createTempDirectory(directory, "floor-");
        try (FloorProcess floor = startFloor(DuplicateFloor.class, floorDirectory)) {
            Target target = DuplicateFloor.target(Loopback.at(Integer.parseInt(floor.line())));
            UploadRequest upload = UploadRequest.single(target, picture);
            return Optional.of(ClosedLoop.measure(
                    HttpClients.uploadingTheSame(target, upload), clients, load, meter(floor.pid())));
        }
    }

    private FloorProcess startFloor(Class<?> main, Object... arguments) throws IOException {
        return FloorProcess.start(
                options.javaHome().resolve("bin/java"),
                options.floorJvm(),
                directory,
                service.settings(),
                main,
                arguments);
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
