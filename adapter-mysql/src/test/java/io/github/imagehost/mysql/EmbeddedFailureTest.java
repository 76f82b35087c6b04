package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFailureTest extends FailureContract {

    @TempDir
    private static Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.embedded(directory);
    }

    @Override
    protected void killOtherConnections() {
        for (String id : database()
                .query("SELECT session_id FROM information_schema.sessions WHERE session_id <> SESSION_ID()")) {
            database().execute("CALL ABORT_SESSION(" + id + ")");
        }
    }
}
