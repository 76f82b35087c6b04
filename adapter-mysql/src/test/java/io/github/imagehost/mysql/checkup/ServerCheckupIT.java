package io.github.imagehost.mysql.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCheckupIT {

    private static final String PASSWORD = "hush-hush-42";

    private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);

    private TestDatabase database;
    private Map<String, String> settings;

    @BeforeEach
    void createDatabaseAndUser() {
        database = TestDatabases.onServer();
        database.execute("CREATE USER " + user + " IDENTIFIED BY '" + PASSWORD + "'");
        settings = new HashMap<>(database.settings());
        settings.putAll(Map.of("DB_USER", user, "DB_PASSWORD", PASSWORD));
    }

    @AfterEach
    void dropThem() {
        database.execute("DROP USER " + user);
        database.close();
    }

    @Test
    void findsNothingWrongBeforeTheFirstStartAndMakesNothing() {
        grant("SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX");

        assertAllIsWell(run());
        assertThat(tables()).isEmpty();
    }

    @Test
    void findsNothingWrongAfterTheFirstStartAndChangesNothing() {
        grant("SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX");
        MySqlMetadataRepository.open(databaseSettings()).close();
        List<String> before = tables();

        assertAllIsWell(run());
        assertThat(tables()).isEqualTo(before).hasSize(SchemaMigration.TABLES.size() + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, wr0ng, login, SETTING_WRONG, Set DB_USER and DB_PASSWORD to a user",
        "DB_SSL_MODE, PREFERRED, database, SETTING_WRONG, Give the user rights to the database (GRANT)",
        "DB_PORT, 1, server, UNREACHABLE, See whether the server runs"
    })
    void tellsWhatKeepsAUserWithoutRightsOut(String name, String value, String check, Outcome outcome, String advice) {
        settings.put(name, value);

        Finding finding = onlyFailure(run());

        assertThat(finding.check()).isEqualTo(check);
        assertThat(finding.outcome()).isEqualTo(outcome);
        assertThat(finding.advice().orElseThrow()).startsWith(advice);
    }

    @Test
    void namesTheDatabaseThatIsNotThere() {
        settings = new HashMap<>(database.settings());
        settings.put("DB_NAME", "no_such_database");

        Finding finding = onlyFailure(run());

        assertThat(finding.check()).isEqualTo("database");
        assertThat(finding.advice().orElseThrow()).contains("CREATE DATABASE");
    }

    @Tag("deep")
    @Test
    void namesTheSettingIfTheServersCertificateIsNotTrusted() {
        try (MariaDbProcess server = TestDatabases.dedicatedServer("--ssl")) {
            settings = new HashMap<>(server.settings());
            settings.put("DB_SSL_MODE", "VERIFY_CA");

            Finding finding = onlyFailure(run());

            assertThat(finding.check()).isEqualTo("server");
            assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
            assertThat(finding.advice().orElseThrow()).contains("DB_SSL_MODE");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER', INDEX",
        "'SELECT, INSERT, UPDATE, DELETE, ALTER, INDEX', CREATE",
        "'SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX', ALTER",
        "'INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX', SELECT",
        "SELECT, 'INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX'"
    })
    void namesThePrivilegesThatAreMissing(String granted, String missing) {
        grant(granted);

        Finding finding = onlyFailure(run());

        assertThat(finding.check()).isEqualTo("privileges");
        assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(finding.seen()).isEqualTo("DB_USER: user " + user + " lacks " + missing);
        assertThat(finding.advice().orElseThrow()).contains("GRANT " + missing + " ON `" + settings.get("DB_NAME"));
    }

    @Test
    void theGrantThatItAdvisesIsAllThatIsMissing() {
        grant("SELECT");
        String advice = onlyFailure(run()).advice().orElseThrow();

        database.execute(advice.substring(advice.indexOf("GRANT")));

        assertAllIsWell(run());
    }

    @ParameterizedTest
    @CsvSource({"UPDATE", "DELETE", "INSERT"})
    void namesAPrivilegeThatIsMissingForTheTablesThatAreThere(String missing) {
        SchemaMigration.migrate(database.databaseSettings());
        List<String> granted = List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX").stream()
                .filter(privilege -> !privilege.equals(missing))
                .toList();
        grant(String.join(", ", granted));

        assertThat(onlyFailure(run()).seen()).isEqualTo("DB_USER: user " + user + " lacks " + missing);
    }

    @Test
    void onlyWarnsOfAUserWhoMayNotChangeTablesThatAreAsTheyShouldBe() {
        SchemaMigration.migrate(database.databaseSettings());
        grant("SELECT, INSERT, UPDATE, DELETE");

        assertThat(find(run(), "privileges").outcome()).isEqualTo(Outcome.WARNING);
        MySqlMetadataRepository.open(databaseSettings()).close();
    }

    @Test
    void noticesThatATableIsGone() {
        SchemaMigration.migrate(database.databaseSettings());
        database.execute("DROP TABLE imagehost_image");
        settings = new HashMap<>(database.settings());

        Finding finding = onlyFailure(run());

        assertThat(finding.check()).isEqualTo("migrations");
        assertThat(finding.seen()).endsWith("imagehost_image");
    }

    @Test
    void noticesOtherScriptsAndFailedOnesAndThoseOfANewerVersion() {
        SchemaMigration.migrate(database.databaseSettings());
        settings = new HashMap<>(database.settings());

        database.execute("UPDATE imagehost_schema_history SET success = 0 WHERE version = '1'");
        assertThat(find(run(), "migrations").outcome()).isEqualTo(Outcome.WARNING);
        database.execute("UPDATE imagehost_schema_history SET success = 1, checksum = 1 WHERE version = '1'");
        assertThat(find(run(), "migrations").outcome()).isEqualTo(Outcome.FAILED);
        database.execute("UPDATE imagehost_schema_history SET version = '999' WHERE version = '1'");
        assertThat(find(run(), "migrations").outcome()).isEqualTo(Outcome.WARNING);
    }

    @Test
    void noticesAColumnThatTellsNoLanguagesApart() {
        SchemaMigration.migrate(database.databaseSettings());
        database.execute("ALTER TABLE imagehost_image MODIFY original_name VARCHAR(255) CHARACTER SET latin1"
                + " COLLATE latin1_bin NOT NULL");
        settings = new HashMap<>(database.settings());

        Finding finding = onlyFailure(run());

        assertThat(finding.check()).isEqualTo("charset");
        assertThat(finding.seen()).contains("imagehost_image.original_name (latin1_bin)");
    }

    @Test
    void warnsOfAClockThatIsWrong() {
        Clock ours = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
        DatabaseCheckup checkup = new DatabaseCheckup(database.databaseSettings(), ours);

        assertThat(find(checkup.run(), "time zone").outcome()).isEqualTo(Outcome.WARNING);
    }

    private List<Finding> run() {
        List<Finding> findings = new DatabaseCheckup(databaseSettings()).run();
        assertThat(findings).extracting(Finding::area).containsOnly(Area.DATABASE);
        assertThat(findings).extracting(Finding::check).doesNotHaveDuplicates().hasSize(11);
        assertThat(findings)
                .noneMatch(finding -> finding.toString().contains(PASSWORD)
                        || finding.toString().contains("wr0ng"));
        return findings;
    }

    private MySqlSettings databaseSettings() {
        return MySqlSettings.from(Settings.of(settings));
    }

    private void grant(String privileges) {
        database.execute("GRANT " + privileges + " ON " + settings.get("DB_NAME") + ".* TO " + user);
    }

    private List<String> tables() {
        return database.query("SELECT CONCAT(table_name, ' ', COALESCE(auto_increment, ''))"
                + " FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1");
    }

    private static void assertAllIsWell(List<Finding> findings) {
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.OK));
    }

    private static Finding onlyFailure(List<Finding> findings) {
        List<Finding> failures = findings.stream()
                .filter(finding -> finding.outcome().isFailure())
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    private static Finding find(List<Finding> findings, String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }
}
