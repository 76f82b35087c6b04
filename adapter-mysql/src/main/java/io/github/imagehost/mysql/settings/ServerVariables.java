package io.github.imagehost.mysql.settings;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the variables of a MySQL-compatible server say about what can be done there. {@code SHOW} knows each of them on
 * each product or leaves it out, where {@code SELECT @@…} would fail.
 */
public final class ServerVariables {

    private static final int TIMEOUT_SECONDS = 3;

    private static final String OBSTACLES = "SHOW GLOBAL VARIABLES WHERE"
            + " (Variable_name IN ('read_only', 'super_read_only', 'innodb_read_only', 'offline_mode') AND Value <> 'OFF')"
            + " OR (Variable_name = 'wsrep_reject_queries' AND Value <> 'NONE')";

    /** Of a node of Galera that has lost the others, or does not know yet what they know. */
    private static final String NODE_OBSTACLES =
            "SHOW GLOBAL STATUS WHERE Variable_name = 'wsrep_ready' AND Value <> 'ON'";

    private static final String CLUSTER = "SHOW GLOBAL VARIABLES WHERE Variable_name = 'wsrep_on' AND Value = 'ON'";

    private static final String STATEMENT_LOG = "SHOW VARIABLES WHERE (Variable_name = 'log_bin' AND Value = 'ON')"
            + " OR (Variable_name = 'binlog_format' AND Value = 'STATEMENT')";

    private static final int STATEMENT_LOG_ROWS = 2;

    private ServerVariables() {}

    /**
     * Why nobody but an administrator can write on this server, such as {@code read_only=ON}; empty if everybody can.
     */
    public static Optional<String> writeObstacle(Connection connection) throws SQLException {
        Map<String, String> obstacles = show(connection, OBSTACLES);
        if (obstacles.isEmpty() && !show(connection, CLUSTER).isEmpty()) {
            obstacles = show(connection, NODE_OBSTACLES);
        }
        return obstacles.isEmpty()
                ? Optional.empty()
                : Optional.of(obstacles.entrySet().stream()
                        .map(obstacle -> obstacle.getKey() + "=" + obstacle.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /**
     * Whether the server refuses what is written at READ COMMITTED, with error 1665: it would log statements, not rows.
     */
    public static boolean logsStatements(Connection connection) throws SQLException {
        return show(connection, STATEMENT_LOG).size() == STATEMENT_LOG_ROWS;
    }

    /** What such a statement shows, in the order in which it does. */
    public static Map<String, String> show(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet rows = statement.executeQuery(sql)) {
                Map<String, String> variables = new LinkedHashMap<>();
                while (rows.next()) {
                    variables.put(rows.getString(1), rows.getString(2));
                }
                return variables;
            }
        }
    }
}
