package io.github.imagehost.mysql.testing;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class MariaDbProcessIT {

    @Test
    void aServerThatStartsLeavesTheTemporaryTablesOfAnother() throws SQLException {
        try (MariaDbProcess server = TestDatabases.dedicatedServer();
                Connection connection = server.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE one (number INT) ENGINE = Aria");

            TestDatabases.dedicatedServer().close();

            assertThatCode(() -> statement.execute("DROP TABLE one")).doesNotThrowAnyException();
        }
    }
}
