package io.github.imagehost.rest.testing;

import io.github.imagehost.mysql.testing.MigratedDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test of the service over HTTP. All methods of a class share one service; so do all classes with the same settings,
 * one after the other, if they don't mind what is in it already.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServiceTest {

    private Path dataDirectory;
    private RunningService service;

    /** What the service is started with, beyond its embedded default. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Whether the service has to be empty at first. */
    protected boolean needsNewService() {
        return false;
    }

    @BeforeAll
    final void startService(@TempDir Path directory) {
        if (needsNewService()) {
            dataDirectory = directory;
            MigratedDatabase.putInto(directory);
            service = RunningService.with(directory, settings());
        } else {
            SharedService shared = SharedService.with(settings());
            dataDirectory = shared.dataDirectory();
            service = shared.service();
        }
    }

    @AfterAll
    final void stopService() {
        // none if it did not start
        if (needsNewService() && service != null) {
            service.close();
        }
    }

    protected final RunningService service() {
        return service;
    }

    protected final Client client() {
        return service.client();
    }

    protected final Path dataDirectory() {
        return dataDirectory;
    }
}
