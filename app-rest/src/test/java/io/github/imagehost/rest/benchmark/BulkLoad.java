package io.github.imagehost.rest.benchmark;

import io.github.imagehost.mysql.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes a million rows by a statement, which takes longer than a server may otherwise say nothing. */
final class BulkLoad {

    private BulkLoad() {}

    /**
     * Nobody looks whether what is to be unique is so; MariaDB then sorts what comes into an index of an empty table.
     */
    static void execute(TestDatabase database, String... sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("SET SESSION unique_checks = 0, foreign_key_checks = 0");
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }
}
