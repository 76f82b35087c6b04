package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the migration does in an empty, used or half migrated database, or in many processes at once. */
abstract class SchemaMigrationContract {

    private TestDatabase database;

    protected abstract TestDatabase createDatabase();

    @BeforeEach
    final void openDatabase() {
        database = createDatabase();
    }

    @AfterEach
    final void closeDatabase() {
        database.close();
    }

    @Test
    void startingAgainLeavesTheSchemaAsItIs() {
        migrate();
        List<String> first = schema();

        migrate();
        migrate();

        assertThat(schema()).isEqualTo(first).hasSizeGreaterThan(40);
        assertThat(database.query("SELECT version FROM imagehost_schema_history WHERE version IS NOT NULL"))
                .doesNotHaveDuplicates();
    }

    @Test
    void manyMayStartAtOnceOnAnEmptyDatabase() throws Exception {
        Concurrently.run(4, () -> {
            migrate();
            return true;
        });

        assertThat(database.query("SELECT COUNT(*) FROM imagehost_image")).containsExactly("0");
        List<String> schema = schema();
        migrate();
        assertThat(schema()).isEqualTo(schema);
    }

    @Test
    void tablesOfAnotherApplicationStayAsTheyAre() {
        database.execute("CREATE TABLE images (id INT PRIMARY KEY, filename VARCHAR(255))");
        database.execute("INSERT INTO images VALUES (1, 'a.png')");

        migrate();

        assertThat(database.query("SELECT filename FROM images")).containsExactly("a.png");
        assertThat(database.query("SELECT COUNT(*) FROM imagehost_image")).containsExactly("0");
    }

    @Test
    void aStartThatWasCutOffIsMadeGoodByTheNextOne() {
        migrate();
        List<String> complete = schema();
        database.execute("DROP TABLE imagehost_retired_filename");
        database.execute("DROP TABLE imagehost_schema_history");

        migrate();

        assertThat(schema()).isEqualTo(complete);
    }

    @Test
    void aMigrationThatFailedIsTriedAgain() {
        migrate();
        List<String> complete = schema();
        database.execute("DROP TABLE imagehost_name_gram");
        database.execute("UPDATE imagehost_schema_history SET success = FALSE WHERE version = '2'");

        migrate();

        assertThat(schema()).isEqualTo(complete);
    }

    @Test
    void imagesThatAreThereAlreadyAreCounted() {
        migrate();
        database.execute(
                "DROP TABLE imagehost_image_range",
                "DELETE FROM imagehost_schema_history WHERE version = '2'",
                image(1, 5, "2026-01-02"),
                image(1, 13, "2026-01-01"),
                image(1, 20_000, "2026-01-03"),
                image(2, 14, "2026-01-04"));

        migrate();

        assertThat(database.query("SELECT CONCAT_WS(' ', owner_id, id_range, slot, images, added, indexed,"
                        + " SUBSTRING(CONCAT(first_uploaded_at, ''), 1, 10), SUBSTRING(CONCAT(last_uploaded_at, ''), 1, 10))"
                        + " FROM imagehost_image_range ORDER BY owner_id, id_range"))
                .containsExactly(
                        "1 0 5 2 2 0 2026-01-01 2026-01-02",
                        "1 1 0 1 1 0 2026-01-03 2026-01-03",
                        "2 0 6 1 1 0 2026-01-04 2026-01-04");
    }

    private static String image(long owner, long id, String day) {
        return "INSERT INTO imagehost_image (id, owner_id, blob_id, filename, original_name, folded_name, file_size, mime_type,"
                + " uploaded_at, updated_at) VALUES (%2$d, %1$d, %2$d, '%2$d.png', 'a', '', 1, 'image/png', '%3$s', '%3$s')"
                        .formatted(owner, id, day);
    }

    @Test
    void aSchemaThatIsCurrentIsKnownByItsHistory() throws SQLException {
        migrate();

        assertThat(isCurrent()).isTrue();
    }

    @Test
    void aSchemaBesideTablesOfAnotherApplicationIsKnownByItsHistory() throws SQLException {
        database.execute("CREATE TABLE images (id INT PRIMARY KEY)");
        migrate();

        assertThat(isCurrent()).isTrue();
    }

    @Test
    void withoutAHistoryTheSchemaIsNotKnownToBeCurrent() throws SQLException {
        assertThat(isCurrent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM imagehost_schema_history WHERE version = '1'",
                "UPDATE imagehost_schema_history SET success = FALSE WHERE version = '1'",
                "UPDATE imagehost_schema_history SET checksum = checksum + 1 WHERE version = '1'",
                "UPDATE imagehost_schema_history SET version = '999' WHERE version = '1'",
                "INSERT INTO imagehost_schema_history SELECT 999, '999', description, type, 'V999__newer.sql', 1,"
                        + " installed_by, installed_on, execution_time, TRUE FROM imagehost_schema_history"
                        + " WHERE version = '1'"
            })
    void aHistoryUnlikeOursIsLeftToFlyway(String change) throws SQLException {
        migrate();
        database.execute(change);

        assertThat(isCurrent()).isFalse();
    }

    @Test
    void aSchemaOfANewerVersionIsLeftAsItIs() {
        migrate();
        List<String> ours = schema();
        database.execute(
                "INSERT INTO imagehost_schema_history SELECT 999, '999', description, type, 'V999__newer.sql', 1,"
                        + " installed_by, installed_on, execution_time, TRUE FROM imagehost_schema_history WHERE version = '1'");

        migrate();

        assertThat(schema()).isEqualTo(ours);
    }

    private boolean isCurrent() throws SQLException {
        String databaseId = MyBatisSetup.databaseId(database.databaseSettings().unpooledDataSource());
        try (Connection connection = database.connect()) {
            return SchemaHistory.isCurrent(connection, databaseId);
        }
    }

    final TestDatabase database() {
        return database;
    }

    final void migrate() {
        SchemaMigration.migrate(database.databaseSettings());
    }

    private List<String> schema() {
        return database.query(schemaQuery());
    }

    /** Answers one row for each column, index and constraint of the repository's tables. */
    protected abstract String schemaQuery();
}
