package io.github.imagehost.rest.testing;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A test of the service over HTTP; all methods of a class share one service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServiceTest {

    private Path dataDirectory;
    private RunningService service;
    private Client client;

    /** What the service is started with, beyond its embedded default. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    @BeforeAll
    final void startService(@TempDir Path directory) {
        dataDirectory = directory;
        service = RunningService.with(dataDirectory, settings());
        client = service.client();
    }

    @AfterAll
    final void stopService() {
        service.close();
    }

    protected final RunningService service() {
        return service;
    }

    protected final Client client() {
        return client;
    }

    protected final Path dataDirectory() {
        return dataDirectory;
    }
}
