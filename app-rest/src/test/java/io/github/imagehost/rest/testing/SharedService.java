package io.github.imagehost.rest.testing;

import io.github.imagehost.mysql.testing.MigratedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** A service that all tests of this JVM share which want these settings; it ends with the JVM. */
final class SharedService {

    private static final Map<Map<String, String>, SharedService> BY_SETTINGS = new ConcurrentHashMap<>();

    private final Path dataDirectory;
    private final RunningService service;

    private SharedService(Map<String, String> settings) {
        try {
            dataDirectory = Files.createTempDirectory("imagehost-service-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MigratedDatabase.putInto(dataDirectory);
        service = RunningService.with(dataDirectory, settings);
        // Spring ends the service before
        SpringApplication.getShutdownHandlers().add(this::deleteData);
    }

    /** The one with these settings beyond the embedded default; started when it is first asked for. */
    static SharedService with(Map<String, String> settings) {
        return BY_SETTINGS.computeIfAbsent(settings, SharedService::new);
    }

    RunningService service() {
        return service;
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    private void deleteData() {
        try {
            FileSystemUtils.deleteRecursively(dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't clean up " + dataDirectory, e);
        }
    }
}
