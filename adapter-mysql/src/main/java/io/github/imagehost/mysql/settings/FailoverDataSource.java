package io.github.imagehost.mysql.settings;

import io.github.imagehost.mysql.transaction.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to the first of several servers that takes writes. The one that took them last is asked first, so
 * that nobody waits again for a server that is away; then the others in their order. If none takes writes, the first
 * that answers is read from. Safe for use by many threads.
 */
final class FailoverDataSource extends UnpooledDataSource {

    private static final Logger log = LoggerFactory.getLogger(FailoverDataSource.class);

    private final List<UnpooledDataSource> servers;
    private volatile int writable;

    /** @param servers one for each, in the order in which they are asked */
    FailoverDataSource(List<UnpooledDataSource> servers) {
        this.servers = List.copyOf(servers);
        // MyBatis's pool asks for these
        setDriver(servers.get(0).getDriver());
        setUrl(servers.get(0).getUrl());
        setUsername(servers.get(0).getUsername());
        setPassword(servers.get(0).getPassword());
    }

    /** @throws SQLException if no server answers; what the first one said that did, or else the first one's reason */
    @Override
    public Connection getConnection() throws SQLException {
        List<SQLException> failures = new ArrayList<>();
        Optional<Connection> readable = Optional.empty();
        for (int server : order()) {
            try {
                Connection connection = servers.get(server).getConnection();
                if (takesWrites(connection)) {
                    writable = server;
                    readable.ifPresent(FailoverDataSource::close);
                    return connection;
                }
                if (readable.isEmpty()) {
                    readable = Optional.of(connection);
                } else {
                    close(connection);
                }
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        return readable.orElseThrow(() -> mostTelling(failures));
    }

    private List<Integer> order() {
        int first = writable;
        return IntStream.concat(
                        IntStream.of(first), IntStream.range(0, servers.size()).filter(server -> server != first))
                .boxed()
                .toList();
    }

    private static boolean takesWrites(Connection connection) throws SQLException {
        try {
            return ServerVariables.writeObstacle(connection).isEmpty();
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("Can't close a connection that nobody needs", e);
        }
    }

    private static SQLException mostTelling(List<SQLException> failures) {
        SQLException chosen = failures.stream()
                .filter(failure -> SqlFailure.of(failure) != SqlFailure.CONNECTION_LOST)
                .findFirst()
                .orElse(failures.get(0));
        failures.stream().filter(failure -> !failure.equals(chosen)).forEach(chosen::addSuppressed);
        return chosen;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Connections are opened as the user of the settings");
    }
}
