package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedInjectedFaultTest extends InjectedFaultContract {

    @TempDir(factory = InMemory.class)
    private static Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.migrated(directory);
    }

    @Override
    protected String sessionNumber() {
        return "SELECT SESSION_ID()";
    }

    @Override
    protected String endSession(String number) {
        return "CALL ABORT_SESSION(" + number + ")";
    }
}
