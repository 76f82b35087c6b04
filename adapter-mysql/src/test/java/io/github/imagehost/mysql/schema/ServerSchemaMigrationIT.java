package io.github.imagehost.mysql.schema;

import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;

class ServerSchemaMigrationIT extends SchemaMigrationContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    @Override
    protected String schemaQuery() {
        return """
                SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, collation_name) AS line
                FROM information_schema.columns WHERE table_schema = DATABASE()
                UNION ALL
                SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique)
                FROM information_schema.statistics WHERE table_schema = DATABASE()
                ORDER BY line""";
    }
}
