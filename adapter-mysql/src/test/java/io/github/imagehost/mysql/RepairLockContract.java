package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only one repairs at a time what a database knows of. */
abstract class RepairLockContract {

    private TestDatabase database;
    private TestDatabase other;

    /**
     * A new, empty database.
     *
     * @param name not used before in this test
     */
    protected abstract TestDatabase createDatabase(String name);

    @BeforeEach
    void createDatabases() {
        database = createDatabase("one").keepConnection();
        other = createDatabase("other").keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        SchemaMigration.migrate(other.databaseSettings());
    }

    @AfterEach
    void closeDatabases() {
        database.close();
        other.close();
    }

    @Test
    void isTakenByOneAtATime() {
        try (RepairLock held = RepairLock.take(database.databaseSettings())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> RepairLock.take(database.databaseSettings()))
                        .as("while there is %s", held)
                        .isInstanceOf(RepositoryUnavailableException.class)
                        .hasMessage("Another process repairs the store; wait until it has ended");
            }
        }

        assertThatCode(() -> RepairLock.take(database.databaseSettings()).close())
                .doesNotThrowAnyException();
    }

    @Test
    void isNoneOfAnotherDatabase() {
        try (RepairLock held = RepairLock.take(database.databaseSettings())) {
            assertThatCode(() -> RepairLock.take(other.databaseSettings()).close())
                    .as("while there is %s", held)
                    .doesNotThrowAnyException();
        }
    }
}
