package io.github.imagehost.mysql.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCheckupTest {

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void makesNoDatabaseWhereThereIsNone() {
        List<Finding> findings = checkup();

        assertThat(findings).extracting(Finding::outcome).containsExactly(Outcome.NOT_CHECKED);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void findsNothingWrongWithADatabaseThatOthersUse() throws SQLException {
        TestDatabase database = TestDatabases.embedded(directory);
        SchemaMigration.migrate(database.databaseSettings());
        try (Connection other = database.connect()) {
            List<Finding> findings = checkup();

            assertThat(findings).allSatisfy(finding -> {
                assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.OK);
                assertThat(finding.area()).isEqualTo(Area.DATABASE);
            });
            assertThat(findings).hasSize(11);
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void noticesThatATableIsGone() {
        TestDatabase database = TestDatabases.embedded(directory);
        SchemaMigration.migrate(database.databaseSettings());
        database.execute("DROP TABLE imagehost_retired_filename");

        Finding migrations = checkup().stream()
                .filter(finding -> finding.check().equals("migrations"))
                .findFirst()
                .orElseThrow();

        assertThat(migrations.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(migrations.seen()).endsWith("imagehost_retired_filename");
    }

    @Test
    void saysThatTheFileIsNoDatabase() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("database"));
        Files.writeString(folder.resolve("imagehost.mv.db"), "no database at all".repeat(1000));

        List<Finding> findings = checkup();

        assertThat(findings.get(0).outcome()).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(findings.get(0).seen()).startsWith("DATA_DIR: H2 in ");
        assertThat(findings.subList(1, 10)).extracting(Finding::outcome).containsOnly(Outcome.NOT_CHECKED);
    }

    private List<Finding> checkup() {
        return new DatabaseCheckup(MySqlSettings.from(Settings.of(Map.of("DATA_DIR", directory.toString())))).run();
    }
}
