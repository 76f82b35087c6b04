package io.github.imagehost.mysql.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.Uploads;
import io.github.imagehost.mysql.checkup.DatabaseCheckup;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers are set to all kinds of things for other applications. */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerVariablesIT {

    private static final String USER = "pictures";

    private MariaDbProcess server;
    private TestDatabase administrator;

    @BeforeAll
    void startServer() {
        server = TestDatabases.dedicatedServer("--log-bin", "--binlog-format=ROW");
        administrator = server.database();
        administrator.execute("CREATE USER " + USER, "GRANT ALL ON imagehost.* TO " + USER);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @BeforeEach
    void emptyDatabase() {
        administrator.execute("DROP DATABASE imagehost", "CREATE DATABASE imagehost CHARACTER SET latin1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "innodb_default_row_format | 'compact'",
                "innodb_default_row_format | 'redundant'",
                "sql_mode | ''",
                "sql_mode | 'ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE,NO_UNSIGNED_SUBTRACTION'",
                "sql_mode | 'ORACLE,EMPTY_STRING_IS_NULL,SIMULTANEOUS_ASSIGNMENT'",
                "sql_safe_updates | 1",
                "sql_select_limit | 1",
                "max_join_size | 1",
                "autocommit | 0",
                "unique_checks | 0",
                "completion_type | 'CHAIN'",
                "default_storage_engine | 'MyISAM'",
                "character_set_server | 'utf8mb3'",
                "collation_server | 'latin1_swedish_ci'",
                "innodb_strict_mode | 0",
                "innodb_force_primary_key | 1",
                "transaction_isolation | 'SERIALIZABLE'"
            })
    void whatAServerIsSetToDoesNotMatter(String variable, String value) {
        administrator.execute("SET GLOBAL " + variable + " = " + value);
        try (AdministrableRepository repository = MySqlMetadataRepository.open(settings())) {
            Image first = Uploads.upload(repository);
            Image second = Uploads.upload(repository);

            assertThat(repository.list(ImageQuery.of(OwnerId.DEFAULT)).images()).containsExactly(second, first);
            assertThat(repository
                            .remove(OwnerId.DEFAULT, List.of(first.id(), second.id()))
                            .removed())
                    .hasSize(2);
            assertThat(repository.condemned(0, 10)).hasSize(2);
            assertThat(administrator.query("SELECT COUNT(*) FROM imagehost_image"))
                    .containsExactly("0");
        } finally {
            administrator.execute("SET GLOBAL " + variable + " = DEFAULT");
        }
        assertThat(new DatabaseCheckup(settings()).run())
                .filteredOn(finding -> finding.outcome() != Outcome.OK)
                .isEmpty();
    }

    @Test
    void aServerThatLogsStatementsIsNamedWithTheCure() {
        AdministrableRepository before = MySqlMetadataRepository.open(settings());
        before.close();
        administrator.execute("SET GLOBAL binlog_format = 'STATEMENT'");
        try {
            assertThatThrownBy(() -> MySqlMetadataRepository.open(settings()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("DB_HOST: the database imagehost at 127.0.0.1:")
                    .hasMessageContaining("binlog_format=STATEMENT")
                    .hasMessageContaining("SET GLOBAL binlog_format = 'ROW'");
            Finding finding = writes(settings());
            assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
            assertThat(finding.seen()).contains("binlog_format=STATEMENT");
            assertThat(finding.advice().orElseThrow()).contains("SET GLOBAL binlog_format = 'ROW'");
        } finally {
            administrator.execute("SET GLOBAL binlog_format = 'ROW'");
        }
    }

    @Test
    void aServerThatBecomesReadOnlyIsReadFromAndUsedAgainAtOnceWhenItTakesWrites() {
        try (AdministrableRepository repository = MySqlMetadataRepository.open(settings())) {
            Image image = Uploads.upload(repository);
            administrator.execute("SET GLOBAL read_only = 1");

            assertThatThrownBy(() -> Uploads.upload(repository)).isInstanceOf(RepositoryUnavailableException.class);
            assertThat(repository.findByFilename(image.filename())).contains(image);
            Finding finding = writes(settings());
            assertThat(finding.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(finding.seen()).contains(" takes no writes (read_only=ON): images can be seen");
            assertThatThrownBy(() -> repository.takeRepair(UUID.randomUUID(), Duration.ofMinutes(1)))
                    .isInstanceOf(RepositoryUnavailableException.class)
                    .hasMessageContaining("takes no writes (read_only=ON)");

            administrator.execute("SET GLOBAL read_only = 0");
            Uploads.upload(repository);
        } finally {
            administrator.execute("SET GLOBAL read_only = 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1,%s", "%s,127.0.0.1:1", "[::1]:1, no-such-host.invalid,%s"})
    void oneServerOfTheListIsEnough(String list) {
        MySqlSettings settings =
                settings(list.formatted("127.0.0.1:" + server.settings().get("DB_PORT")));
        try (AdministrableRepository repository = MySqlMetadataRepository.open(settings)) {
            Uploads.upload(repository);
        }

        Finding finding = writes(settings);
        assertThat(finding.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(finding.seen())
                .contains("127.0.0.1:" + server.settings().get("DB_PORT") + " takes writes")
                .contains(":1 can't be used: ");
        assertThat(new DatabaseCheckup(settings).run())
                .noneMatch(found -> found.outcome().isFailure());
    }

    @Test
    void whatOneServerSaysTellsMoreThanThatAnotherOneIsAway() {
        Map<String, String> values = new HashMap<>(server.settings());
        values.putAll(Map.of("DB_HOST", "127.0.0.1:1,127.0.0.1", "DB_USER", USER, "DB_PASSWORD", "wr0ng"));

        assertThatThrownBy(() -> MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(values))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("DB_USER and DB_PASSWORD: ");
    }

    private MySqlSettings settings() {
        return settings("127.0.0.1");
    }

    private MySqlSettings settings(String host) {
        Map<String, String> values = new HashMap<>(server.settings());
        values.putAll(Map.of("DB_HOST", host, "DB_USER", USER));
        return MySqlSettings.from(Settings.of(values));
    }

    private static Finding writes(MySqlSettings settings) {
        return new DatabaseCheckup(settings)
                .run().stream()
                        .filter(finding -> finding.check().equals("writes"))
                        .findFirst()
                        .orElseThrow();
    }
}
