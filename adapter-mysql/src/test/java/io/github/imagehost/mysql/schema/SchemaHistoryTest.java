package io.github.imagehost.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.mysql.schema.SchemaHistory.Entry;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaHistoryTest {

    @TempDir(factory = InMemory.class)
    private Path directory;

    /** Flyway reads the scripts of both, whichever database it asks for what was run. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "mysql"})
    void namesEveryScriptWithTheChecksumThatFlywayComputes(String databaseId) {
        try (TestDatabase database = TestDatabases.embedded(directory).keepConnection()) {
            Flyway flyway = Flyway.configure()
                    .dataSource(database.databaseSettings().unpooledDataSource())
                    .locations("classpath:io/github/imagehost/mysql/migration/" + databaseId)
                    .load();

            assertThat(Arrays.stream(flyway.info().all())
                            .map(script -> new Entry(script.getVersion().getVersion(), script.getChecksum(), true))
                            .collect(Collectors.toSet()))
                    .isNotEmpty()
                    .isEqualTo(SchemaHistory.expected(databaseId));
        }
    }
}
