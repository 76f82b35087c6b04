package io.github.imagehost.rest.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseConfigurationTest {

    @TempDir
    private Path directory;

    /** As H2 does when it finds that another process has taken the file over, and when it could not write. */
    @Test
    void noConnectionIsUsedAgainThatTheEmbeddedDatabaseWasClosedUnder() throws Exception {
        MySqlSettings database = MySqlSettings.from(Settings.of(Map.of("DATA_DIR", directory.toString())));
        try (HikariDataSource pool = new DatabaseConfiguration().dataSource(database)) {
            useAllAtOnce(pool);
            close(database);

            assertThatThrownBy(() -> useAllAtOnce(pool)).isInstanceOf(SQLException.class);
            useAllAtOnce(pool);
        }
    }

    private static void close(MySqlSettings database) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            execute(connection, "SHUTDOWN IMMEDIATELY");
        }
    }

    private static void useAllAtOnce(HikariDataSource pool) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                Connection connection = pool.getConnection();
                connections.add(connection);
                execute(connection, "SELECT COUNT(*) FROM imagehost_image");
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
