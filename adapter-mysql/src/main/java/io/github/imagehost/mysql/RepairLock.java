package io.github.imagehost.mysql;

import io.github.imagehost.core.files.LockFile;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.settings.ServerVariables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The right to repair what a database knows of, which one process has at a time. It ends with the process, however that
 * ends, and on a server also with the connection that holds it.
 */
public final class RepairLock implements AutoCloseable {

    /** A lock's name is known to all databases of a server, and has 64 characters at the most. */
    private static final String TAKE =
            "SELECT GET_LOCK(CONCAT('imagehost-repair-', LEFT(SHA2(DATABASE(), 256), 40)), 0)";

    /** The connection is silent for as long as the repair takes. */
    private static final String STAY = "SET SESSION wait_timeout = 604800";

    private final AutoCloseable holder;

    private RepairLock(AutoCloseable holder) {
        this.holder = holder;
    }

    /**
     * Takes it until it is closed.
     *
     * @param settings of a database that exists
     * @throws RepositoryUnavailableException if somebody else has it, or the server takes no writes: what it does not
     *     know yet would be taken for nobody's
     * @throws SettingsException if it can't be taken; names the setting to look at
     */
    public static RepairLock take(MySqlSettings settings) {
        try {
            Optional<? extends AutoCloseable> holder =
                    settings.isEmbedded() ? LockFile.tryLock(settings.repairFile()) : onServer(settings.connect());
            return holder.map(RepairLock::new)
                    .orElseThrow(() -> new RepositoryUnavailableException(
                            "Another process repairs the store; wait until it has ended"));
        } catch (SQLException | IOException e) {
            throw settings.unusable(e);
        }
    }

    private static Optional<Connection> onServer(Connection connection) throws SQLException {
        boolean isTaken = false;
        try (Statement statement = connection.createStatement()) {
            ServerVariables.writeObstacle(connection).ifPresent(RepairLock::refuse);
            statement.execute(STAY);
            try (ResultSet answer = statement.executeQuery(TAKE)) {
                isTaken = answer.next() && answer.getInt(1) == 1;
            }
        } finally {
            if (!isTaken) {
                connection.close();
            }
        }
        return isTaken ? Optional.of(connection) : Optional.empty();
    }

    private static void refuse(String obstacle) {
        throw new RepositoryUnavailableException("The database takes no writes (" + obstacle
                + "), and may lag behind the one that does: nothing is repaired by what it says");
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (Exception e) {
            throw new RepositoryException("Can't let the next repair begin", e);
        }
    }
}
