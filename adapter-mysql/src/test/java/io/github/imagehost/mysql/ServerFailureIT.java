package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ServerFailureIT extends FailureContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    @Override
    protected void killOtherConnections() {
        for (String id : database()
                .query("SELECT id FROM information_schema.processlist"
                        + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
            database().execute("KILL " + id);
        }
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertUnusable(Map.of("DB_PASSWORD", "wr0ng"))
                .hasMessageContaining("DB_USER and DB_PASSWORD")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertUnusable(Map.of("DB_NAME", "no_such_database"))
                .hasMessageContaining("DB_NAME")
                .hasMessageContaining("no_such_database");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        assertUnusable(Map.of("DB_PORT", "1"))
                .hasMessageContaining("DB_HOST and DB_PORT")
                .hasMessageContaining(":1 does not answer");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        assertUnusable(Map.of("DB_HOST", "no-such-host.invalid"))
                .hasMessageContaining("DB_HOST")
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void missingPrivilegesAreNamed() {
        String name = database().query("SELECT DATABASE()").get(0);
        String user = "u" + name.substring(name.length() - 12);
        database().execute("CREATE USER " + user + " IDENTIFIED BY 'pass'");
        try {
            assertUnusable(Map.of("DB_USER", user, "DB_PASSWORD", "pass")).hasMessageContaining("DB_USER and DB_NAME");
            database().execute("GRANT SELECT ON " + name + ".* TO " + user);
            try (TestDatabase empty = TestDatabases.onServer()) {
                String emptyName = empty.query("SELECT DATABASE()").get(0);
                database().execute("GRANT SELECT ON " + emptyName + ".* TO " + user);
                assertUnusable(Map.of("DB_NAME", emptyName, "DB_USER", user, "DB_PASSWORD", "pass"))
                        .hasMessageContaining("DB_USER: this user may not create and change tables");
            }
        } finally {
            database().execute("DROP USER " + user);
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertUnusable(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(database().settings());
        settings.putAll(changes);
        return assertThatThrownBy(() -> MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(settings))))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("\n");
    }
}
