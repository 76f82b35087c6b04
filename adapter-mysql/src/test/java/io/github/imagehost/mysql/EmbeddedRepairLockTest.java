package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRepairLockTest extends RepairLockContract {

    @TempDir(factory = InMemory.class)
    private Path directory;

    @Override
    protected TestDatabase createDatabase(String name) {
        return TestDatabases.embedded(directory.resolve(name));
    }
}
