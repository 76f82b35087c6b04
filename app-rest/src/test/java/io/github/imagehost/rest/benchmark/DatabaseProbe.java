package io.github.imagehost.rest.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Looks at the database server from outside. */
final class DatabaseProbe {

    private final DataSource database;
    private final OptionalLong pid;

    DatabaseProbe(DataSource database) throws SQLException {
        this.database = database;
        this.pid = findPid();
    }

    /** How many milliseconds of a processor it has used so far; not a number if it runs elsewhere. */
    double cpuMillis() throws IOException {
        return pid.isPresent() ? ProcessUsage.of(pid.getAsLong()).cpuMillis() : Double.NaN;
    }

    /** How many statements clients have sent so far, of all databases on the server. */
    double statements() throws SQLException {
        return Double.parseDouble(query("SHOW GLOBAL STATUS LIKE 'Questions'", 2));
    }

    /** What it calls itself. */
    String version() throws SQLException {
        return query("SELECT VERSION()", 1);
    }

    private OptionalLong findPid() throws SQLException {
        Path file = Path.of(query("SELECT @@pid_file", 1));
        String host = query("SELECT @@hostname", 1);
        try {
            if (!host.equals(
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException e) {
            // another machine's, or one that we may not look at
            return OptionalLong.empty();
        }
    }

    private String query(String sql, int column) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(column));
        }
    }
}
