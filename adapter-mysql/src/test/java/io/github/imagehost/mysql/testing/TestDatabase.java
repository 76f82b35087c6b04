package io.github.imagehost.mysql.testing;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.settings.ServerVariables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One database that belongs to one test or one test class. */
public final class TestDatabase implements AutoCloseable {

    /** The first owner stays. */
    private static final String[] CONTENTS = {
        "imagehost_image",
        "imagehost_alias",
        "imagehost_blob",
        "imagehost_retired_filename",
        "imagehost_image_range",
        "imagehost_name_gram",
        "imagehost_quota",
        "imagehost_token",
        "imagehost_session",
        "imagehost_login_link",
        "imagehost_login",
        "imagehost_key",
        "imagehost_audit",
        "imagehost_identity",
        "imagehost_invitation",
        "imagehost_album",
        "imagehost_album_image",
        "imagehost_tag",
        "imagehost_image_tag",
        "imagehost_lease",
        "imagehost_owner WHERE id <> 1"
    };

    private static final Map<String, List<String>> TIMES = Map.ofEntries(
            Map.entry(
                    "imagehost_blob",
                    List.of("reserved_at", "lease_until", "quarantine_until", "deletion_due_at", "missing_since")),
            Map.entry("imagehost_image", List.of("uploaded_at", "updated_at", "expires_at")),
            Map.entry("imagehost_image_range", List.of("first_uploaded_at", "last_uploaded_at")),
            Map.entry("imagehost_retired_filename", List.of("retired_at")),
            Map.entry("imagehost_owner", List.of("created_at")),
            Map.entry("imagehost_token", List.of("created_at", "expires_at", "last_used_at", "revoked_at")),
            Map.entry("imagehost_session", List.of("created_at", "seen_at", "expires_at")),
            Map.entry("imagehost_login_link", List.of("expires_at")),
            Map.entry("imagehost_audit", List.of("happened_at")),
            Map.entry("imagehost_album", List.of("created_at", "updated_at", "public_until", "expires_at")),
            Map.entry("imagehost_album_image", List.of("image_uploaded_at")),
            Map.entry("imagehost_image_tag", List.of("image_uploaded_at")),
            Map.entry("imagehost_lease", List.of("lease_until")));

    /** Each time before something is read. */
    private static final String WAIT_FOR_CLUSTER = "SET SESSION wsrep_sync_wait = 1";

    private static final int MOST_ATTEMPTS = 100;

    private final Map<String, String> settings;
    private final Runnable onClose;
    private @Nullable Connection kept;

    private TestDatabase(Map<String, String> settings, Runnable onClose) {
        this.settings = settings;
        this.onClose = onClose;
    }

    static TestDatabase create(DatabaseServer server) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        executeOn(server, "CREATE DATABASE " + name);
        return with(server.settings(name), () -> executeOn(server, "DROP DATABASE " + name));
    }

    static TestDatabase with(Map<String, String> settings, Runnable onClose) {
        return new TestDatabase(settings, onClose);
    }

    /** The settings that lead to it, as an application reads them: {@code DB_HOST} and so on, or {@code DATA_DIR}. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The same, read. */
    public MySqlSettings databaseSettings() {
        return MySqlSettings.from(Settings.of(settings));
    }

    /** An address for whoever is no imagehost, with user and password in it; of a database on a server only. */
    public String jdbcUrl() {
        MySqlSettings read = databaseSettings();
        String separator = read.jdbcUrl().contains("?") ? "&" : "?";
        return read.jdbcUrl() + separator + "user=" + read.user() + "&password="
                + URLEncoder.encode(read.password(), StandardCharsets.UTF_8);
    }

    /**
     * Keeps one connection until it is closed, and sends all statements of its own on that: saves time, the more so as
     * the embedded database is closed and opened again between any two connections.
     */
    public TestDatabase keepConnection() {
        try {
            kept = connect();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empties the repository's tables, which are there already; the first owner stays. */
    public void clear() {
        String[] deletions =
                Stream.of(CONTENTS).map(rows -> "DELETE FROM " + rows).toArray(String[]::new);
        use(String.join("; ", deletions), connection -> {
            // one commit is written to the disk once
            connection.setAutoCommit(false);
            try {
                executeAll(connection, deletions);
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
            return null;
        });
    }

    /** Moves all times in the repository's tables into the past, as if this much time had passed. */
    public void letTimePass(Duration duration) {
        List<String> updates = new ArrayList<>();
        TIMES.forEach((table, columns) -> {
            List<String> shifts = new ArrayList<>();
            for (String column : columns) {
                shifts.add(column + " = TIMESTAMPADD(SECOND, -" + duration.toSeconds() + ", " + column + ")");
            }
            updates.add("UPDATE " + table + " SET " + String.join(", ", shifts));
        });
        execute(updates.toArray(String[]::new));
    }

    /** Waits until this server of a cluster has done what others of it had done before; returns at once elsewhere. */
    public void waitForOtherServers() {
        use(WAIT_FOR_CLUSTER, connection -> {
            boolean isCluster = !ServerVariables.show(connection, "SHOW VARIABLES LIKE 'wsrep_sync_wait'")
                    .isEmpty();
            if (isCluster) {
                executeAll(connection, WAIT_FOR_CLUSTER, "SELECT id FROM imagehost_owner");
            }
            return null;
        });
    }

    /** A new connection, which the caller closes. */
    public Connection connect() throws SQLException {
        return databaseSettings().unpooledDataSource().getConnection();
    }

    /** Runs one statement on a connection of its own, again if the server ended it so that others could go on. */
    public void executeDespiteDeadlocks(String sql) {
        use(sql, connection -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    executeAll(connection, sql);
                    return null;
                } catch (SQLTransactionRollbackException e) {
                    if (attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        });
    }

    /** Runs statements, one after the other, on a connection of their own. */
    public void execute(String... sql) {
        use(String.join("; ", sql), connection -> {
            executeAll(connection, sql);
            return null;
        });
    }

    /** The first column of all rows, as text. */
    public List<String> query(String sql) {
        return use(sql, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(String.valueOf(result.getString(1)));
                }
                return rows;
            }
        });
    }

    private interface Use<T extends @Nullable Object> {
        T of(Connection connection) throws SQLException;
    }

    private <T extends @Nullable Object> T use(String sql, Use<T> use) {
        Connection shared = kept;
        try {
            if (shared != null) {
                synchronized (shared) {
                    return use.of(shared);
                }
            }
            try (Connection connection = connect()) {
                return use.of(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void executeAll(Connection connection, String... sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (kept != null) {
                kept.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        onClose.run();
    }

    static void executeOn(DatabaseServer server, String sql) {
        String url = "jdbc:mysql://" + server.host() + ":" + server.port() + "/?sslMode=" + server.sslMode();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
