package io.github.imagehost.mysql.audit;

import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAuditLogTest extends AuditDatabaseContract {

    @TempDir(factory = InMemory.class)
    private static Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.migrated(directory);
    }
}
