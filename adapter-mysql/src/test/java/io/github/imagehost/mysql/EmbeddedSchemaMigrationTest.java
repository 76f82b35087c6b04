package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSchemaMigrationTest extends SchemaMigrationContract {

    @TempDir
    private Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.embedded(directory);
    }

    @Override
    protected String schemaQuery() {
        return """
                SELECT CONCAT_WS(' ', table_name, column_name, data_type, is_nullable) AS line
                FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL
                SELECT CONCAT_WS(' ', table_name, index_name, ordinal_position, column_name)
                FROM information_schema.index_columns WHERE table_schema = 'public'
                ORDER BY line""";
    }
}
