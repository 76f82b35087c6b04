package io.github.imagehost.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.FaultyDataSource;
import io.github.imagehost.mysql.FaultyDataSource.Fault;
import io.github.imagehost.mysql.FaultyDataSource.Step;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.Uploads;
import io.github.imagehost.mysql.checkup.DatabaseCheckup;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the migration does in an empty, used or half migrated database, or in many processes at once. */
abstract class SchemaMigrationContract {

    private static final Pattern CHANGES_NOTHING =
            Pattern.compile("SELECT|SHOW|CALL|SET |setAutoCommit|setTransactionIsolation|connect");

    private static final int LAST_CHANGES = 12;

    private TestDatabase database;

    protected abstract TestDatabase createDatabase();

    @BeforeEach
    final void openDatabase() {
        database = createDatabase().keepConnection();
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

    @ParameterizedTest
    @CsvSource({
        "1, 'DROP TABLE imagehost_name_gram, imagehost_owner, imagehost_token, imagehost_quota, imagehost_login, imagehost_session, imagehost_login_link, imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "2, 'DROP TABLE imagehost_token, imagehost_quota, imagehost_login, imagehost_session, imagehost_login_link, imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "3, 'DROP TABLE imagehost_quota, imagehost_login, imagehost_session, imagehost_login_link, imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "4, 'DROP TABLE imagehost_session, imagehost_login_link, imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "5, 'DROP TABLE imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "6, 'DROP TABLE imagehost_key, imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "7, 'DROP TABLE imagehost_audit, imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "8, 'DROP TABLE imagehost_identity, imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "9, 'DROP TABLE imagehost_invitation, imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "10, 'DROP TABLE imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "11, 'DROP TABLE imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag, imagehost_lease'",
        "12, 'DROP TABLE imagehost_lease; ALTER TABLE imagehost_album DROP COLUMN public_until'",
        "13, 'DROP TABLE imagehost_lease'"
    })
    void aMigrationThatFailedIsTriedAgain(String version, String undo) {
        migrate();
        List<String> complete = schema();
        database.execute(undo.split("; ", -1));
        database.execute(
                "DELETE FROM imagehost_schema_history WHERE CAST(version AS DECIMAL) > " + version,
                "UPDATE imagehost_schema_history SET success = FALSE WHERE version = '" + version + "'");

        migrate();

        assertThat(schema()).isEqualTo(complete);
    }

    @Test
    void aDatabaseOfTheFirstVersionKeepsItsImagesAndGetsTheFirstOwner() {
        Image image;
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            image = Uploads.upload(repository);
        }
        database.execute(
                "DROP TABLE imagehost_owner, imagehost_token, imagehost_quota",
                "DROP TABLE imagehost_login, imagehost_session, imagehost_login_link, imagehost_audit, imagehost_identity",
                "ALTER TABLE imagehost_image_range DROP COLUMN bytes",
                "DROP TABLE imagehost_key, imagehost_invitation, imagehost_lease",
                "DROP TABLE imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag",
                "ALTER TABLE imagehost_image DROP INDEX ix_imagehost_image_visibility",
                "ALTER TABLE imagehost_image DROP COLUMN visibility",
                "ALTER TABLE imagehost_image DROP COLUMN expires_at",
                "ALTER TABLE imagehost_image DROP COLUMN views_left",
                "ALTER TABLE imagehost_image DROP COLUMN link_epoch",
                "ALTER TABLE imagehost_blob DROP COLUMN checks",
                "DELETE FROM imagehost_schema_history WHERE CAST(version AS DECIMAL) > 1");

        Finding before = migrationsFinding();

        assertThat(before.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(before.seen()).isEqualTo("The script 2 (owners and tokens) has not run yet");
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            assertThat(repository.findById(OwnerId.DEFAULT, image.id())).contains(image);
            assertThat(repository.access().owners())
                    .singleElement()
                    .extracting(Owner::id, Owner::name)
                    .containsExactly(OwnerId.DEFAULT, Owner.DEFAULT_NAME);
            assertThat(repository.usage(OwnerId.DEFAULT))
                    .isEqualTo(new Usage(1, image.content().size()));
        }
    }

    /** As when the process is killed: neither the script nor the history goes on. */
    @TestFactory
    Stream<DynamicTest> aStartThatIsCutOffAnywhereIsMadeGoodByTheNextOne() {
        FaultyDataSource faulty =
                new FaultyDataSource(database.databaseSettings().patientDataSource(), connection -> {});
        SchemaMigration.migrate(faulty);
        List<String> complete = tables();
        List<Step> steps = faulty.steps();
        assertThat(steps)
                .filteredOn(step -> step.text().contains("CREATE TABLE"))
                .hasSizeGreaterThanOrEqualTo(SchemaMigration.TABLES.size() + 1);
        // a kill before what only reads leaves the same behind as one before the next change
        List<Integer> changes = IntStream.range(0, steps.size())
                .filter(number ->
                        !CHANGES_NOTHING.matcher(steps.get(number).text()).lookingAt())
                .boxed()
                // the later it is cut off, the more is done again
                .sorted(Comparator.reverseOrder())
                .toList();
        return IntStream.range(0, changes.size())
                // in every build each of the last ones, where the newest script is, and some of the others
                .filter(index -> index < LAST_CHANGES || index % Depth.of(8, 1) == 0)
                .mapToObj(changes::get)
                .map(number -> DynamicTest.dynamicTest(
                        number + ": " + steps.get(number), () -> cutOffAt(number, faulty, complete)));
    }

    private void cutOffAt(int number, FaultyDataSource faulty, List<String> complete) {
        database.execute(
                "DROP TABLE IF EXISTS " + String.join(", ", SchemaMigration.TABLES) + ", " + SchemaHistory.TABLE);
        faulty.failFrom(number, Fault.CONNECTION_REFUSED);
        Throwable failure = catchThrowable(() -> SchemaMigration.migrate(faulty));
        List<String> meanwhile = tables();
        assertThat(faulty.steps()).as("it is cut off").hasSizeGreaterThan(number);
        // nothing is lost with the last steps of all, and Flyway does not tell their failures
        if (!meanwhile.equals(complete)) {
            assertThat(failure).isInstanceOf(RuntimeException.class);
        }
        Finding finding = migrationsFinding();

        if (meanwhile.equals(complete)) {
            assertThat(finding.outcome()).isIn(Outcome.OK, Outcome.WARNING);
        } else if (meanwhile.isEmpty()) {
            assertThat(finding.seen()).isEqualTo("There are no tables yet; the first start makes them");
        } else {
            assertThat(finding.outcome()).isEqualTo(Outcome.WARNING);
            assertThat(finding.seen())
                    .matches("A start was cut off before its script was done.*|The script [0-9]+ .* has not run yet");
            assertThat(finding.advice().orElseThrow()).startsWith("Start the service");
        }
        migrate();
        assertThat(tables()).isEqualTo(complete);
        assertThat(database.query("SELECT name FROM imagehost_owner")).containsExactly("default");
    }

    private Finding migrationsFinding() {
        return new DatabaseCheckup(database.databaseSettings())
                .run().stream()
                        .filter(found -> found.check().equals("migrations"))
                        .findFirst()
                        .orElseThrow();
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

    /** Without the history, which is Flyway's own. */
    private List<String> tables() {
        return schema().stream()
                .filter(line -> !line.startsWith(SchemaHistory.TABLE))
                .toList();
    }

    private List<String> schema() {
        return database.query(schemaQuery());
    }

    /** Answers one row for each column, index and constraint of the repository's tables. */
    protected abstract String schemaQuery();
}
