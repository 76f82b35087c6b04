package io.github.imagehost.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.mysql.FaultyDataSource;
import io.github.imagehost.mysql.FaultyDataSource.Fault;
import io.github.imagehost.mysql.FaultyDataSource.Killer;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSchemaMigrationTest extends SchemaMigrationContract {

    private static final String HISTORY = "imagehost_schema_history";

    @TempDir(factory = InMemory.class)
    private Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.embedded(directory);
    }

    /**
     * In H2 the lock of Flyway does not always keep two first starts apart: one of them finds the other's row when it
     * is done.
     */
    @Test
    void anotherStartMayHaveRunTheSameScriptMeanwhile() throws SQLException {
        migrate();
        database()
                .execute(
                        "CREATE SCHEMA elsewhere",
                        "CREATE TABLE elsewhere.written AS SELECT * FROM " + HISTORY + " WHERE version = '1'",
                        "DROP TABLE " + String.join(", ", SchemaMigration.TABLES) + ", " + HISTORY);
        Killer otherStart =
                connection -> database().execute("INSERT INTO " + HISTORY + " SELECT * FROM elsewhere.written");
        FaultyDataSource dataSource =
                new FaultyDataSource(database().databaseSettings().unpooledDataSource(), otherStart);
        dataSource.failAtFirst(
                step -> step.text().startsWith("INSERT INTO") && step.text().contains(HISTORY),
                Fault.CONNECTION_KILLED);

        try (Connection held = database().connect()) {
            SchemaMigration.migrate(dataSource);
            assertThat(held.isValid(1)).isTrue();
        }

        assertThat(database().query("SELECT installed_rank FROM " + HISTORY + " WHERE success AND version = '1'"))
                .containsExactly("1");
    }

    @Test
    void aSchemaThatIsCurrentCostsOneLook() throws SQLException {
        migrate();
        List<String> statements = new ArrayList<>();
        FaultyDataSource dataSource =
                new FaultyDataSource(database().databaseSettings().unpooledDataSource(), connection -> {});
        dataSource.failAtFirst(step -> !statements.add(step.text()), Fault.CONNECTION_KILLED);

        SchemaMigration.migrate(dataSource);

        assertThat(statements).filteredOn(text -> text.contains(HISTORY)).hasSize(1);
    }

    @Override
    protected String schemaQuery() {
        return """
                SELECT CONCAT_WS(' ', table_name, column_name, data_type, is_nullable) AS line
                FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL
                SELECT CONCAT_WS(' ', table_name, REGEXP_REPLACE(index_name, '^(PRIMARY_KEY|.*_INDEX)_.*', '$1'), ordinal_position, column_name)
                FROM information_schema.index_columns WHERE table_schema = 'public'
                ORDER BY line""";
    }
}
