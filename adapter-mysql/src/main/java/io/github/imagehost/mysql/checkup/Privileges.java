package io.github.imagehost.mysql.checkup;

import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.ServerVariables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user of MySQL or MariaDB may not do, though it is needed. The server is asked to do it, in a way that changes
 * nothing: with no row in the tables that are there, and with a table that is not there. It looks at the privilege
 * before it looks for rows and tables. What SHOW GRANTS prints would have to be interpreted: roles, patterns, partial
 * revokes.
 */
record Privileges(Set<String> missing, boolean tablesAreThere, String grant) {

    private static final Set<String> FOR_MIGRATIONS = Set.of("CREATE", "ALTER", "INDEX");

    private static final int TIMEOUT_SECONDS = 5;
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);
    private static final Set<Integer> NO_SUCH_TABLE = Set.of(1051, 1146);
    private static final Pattern DENIED_COMMAND = Pattern.compile("([A-Z]+) command denied .*", Pattern.DOTALL);

    /** With what stands for a table, and a column of it. */
    private static final List<Map.Entry<String, String>> ON_ROWS = List.of(
            Map.entry("SELECT", "SELECT 1 FROM %1$s WHERE FALSE"),
            Map.entry("INSERT", "INSERT INTO %1$s SELECT * FROM %1$s WHERE FALSE"),
            Map.entry("UPDATE", "UPDATE %1$s SET %2$s = %2$s WHERE FALSE"),
            Map.entry("DELETE", "DELETE FROM %1$s WHERE FALSE"));

    /** With what stands for a table that is not there. */
    private static final List<Map.Entry<String, String>> ON_TABLES = List.of(
            Map.entry("CREATE", "CREATE TABLE %1$s LIKE %1$s_too"),
            Map.entry("ALTER", "ALTER TABLE %1$s ADD COLUMN id INT"),
            Map.entry("INDEX", "CREATE INDEX ix ON %1$s (id)"));

    /** A column of each table, whichever. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("imagehost_blob", "state"),
            Map.entry("imagehost_image", "owner_id"),
            Map.entry("imagehost_alias", "filename"),
            Map.entry("imagehost_retired_filename", "filename"),
            Map.entry("imagehost_image_range", "slot"),
            Map.entry("imagehost_name_gram", "gram"),
            Map.entry("imagehost_owner", "id"),
            Map.entry("imagehost_token", "id"),
            Map.entry("imagehost_quota", "checks"),
            Map.entry("imagehost_login", "epoch"),
            Map.entry("imagehost_session", "epoch"),
            Map.entry("imagehost_login_link", "epoch"),
            Map.entry("imagehost_key", "purpose"),
            Map.entry("imagehost_audit", "id"),
            Map.entry("imagehost_invitation", "uses_left"),
            Map.entry("imagehost_identity", "subject"),
            Map.entry("imagehost_album", "name"),
            Map.entry("imagehost_album_image", "shown"),
            Map.entry("imagehost_tag", "images"),
            Map.entry("imagehost_image_tag", "image_id"),
            Map.entry("imagehost_lease", "purpose"));

    /**
     * Asks the server, in a transaction that is rolled back.
     *
     * @throws SQLException if it can't be found out, for instance because nobody may write at the moment
     */
    static Privileges of(Connection connection) throws SQLException {
        String absent = "imagehost_doctor_" + UUID.randomUUID().toString().replace("-", "");
        Set<String> missing = new LinkedHashSet<>();
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            boolean tablesAreThere = true;
            for (String table : SchemaMigration.TABLES) {
                String column = Objects.requireNonNull(COLUMNS.get(table));
                for (Map.Entry<String, String> probe : ON_ROWS) {
                    tablesAreThere &= isThere(connection, missing, probe, table, column);
                }
            }
            for (Map.Entry<String, String> probe : ON_TABLES) {
                isThere(connection, missing, probe, absent, "id");
            }
            return new Privileges(missing, tablesAreThere, grant(connection, missing));
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Whether all of it is needed for nothing but changing tables. */
    boolean onlyForMigrations() {
        return FOR_MIGRATIONS.containsAll(missing);
    }

    /** Whether the table is there, as far as this user may know. */
    private static boolean isThere(
            Connection connection, Set<String> missing, Map.Entry<String, String> probe, String table, String column)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            statement.execute(probe.getValue().formatted(table, column));
            return true;
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.contains(e.getErrorCode())) {
                return false;
            }
            if (!DENIED.contains(e.getErrorCode())) {
                throw e;
            }
            Matcher command = DENIED_COMMAND.matcher(String.valueOf(e.getMessage()));
            missing.add(command.matches() ? command.group(1) : probe.getKey());
            return true;
        }
    }

    private static String grant(Connection connection, Set<String> missing) throws SQLException {
        Map.Entry<String, String> databaseAndAccount = ServerVariables.show(
                        connection, "SELECT DATABASE(), CURRENT_USER()")
                .entrySet()
                .iterator()
                .next();
        String account = databaseAndAccount.getValue();
        int at = account.lastIndexOf('@');
        return "GRANT " + String.join(", ", missing) + " ON `" + databaseAndAccount.getKey() + "`.* TO '"
                + account.substring(0, at) + "'@'" + account.substring(at + 1) + "'";
    }
}
