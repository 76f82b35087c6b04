package io.github.imagehost.mysql.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What Flyway wrote down about the schema. To look at it costs one query, where Flyway takes a third of a second only
 * to find nothing to do, which is what short commands nearly always find.
 */
final class SchemaHistory {

    /** Not Flyway's own name, which another application in the same database may use. */
    static final String TABLE = "imagehost_schema_history";

    /** Every script there is, without its folder. */
    static final List<String> SCRIPTS = List.of(
            "V1__tables.sql",
            "V2__owners_and_tokens.sql",
            "V3__quotas.sql",
            "V4__passwords_and_sessions.sql",
            "V5__token_bindings.sql",
            "V6__sharing.sql",
            "V7__audit_log.sql",
            "V8__identities.sql",
            "V9__invitations.sql",
            "V10__checks_of_blobs.sql",
            "V11__albums_and_tags.sql",
            "V12__albums_public_for_a_while.sql",
            "V13__repair_lease.sql");

    private static final String FOLDER = "/io/github/imagehost/mysql/migration/";

    /** Without the marks for the history itself, and for tables of other applications that were there before. */
    private static final String LOOK =
            "SELECT version, checksum, success FROM " + TABLE + " WHERE version IS NOT NULL AND type <> 'BASELINE'";

    private SchemaHistory() {}

    /**
     * Whether exactly our scripts were run, with success. Whatever else there is, such as the script of a newer
     * version, a failure or no history at all, is for Flyway to judge.
     */
    static boolean isCurrent(Connection connection, String databaseId) {
        try (PreparedStatement statement = connection.prepareStatement(LOOK);
                ResultSet rows = statement.executeQuery()) {
            Set<Entry> found = new HashSet<>();
            while (rows.next()) {
                found.add(new Entry(rows.getString(1), rows.getInt(2), rows.getBoolean(3)));
            }
            return found.equals(expected(databaseId));
        } catch (SQLException e) {
            return false;
        }
    }

    /** What the history looks like when everything was run. */
    static Set<Entry> expected(String databaseId) {
        return SCRIPTS.stream()
                .map(script -> new Entry(version(script), checksum(FOLDER + databaseId + "/" + script), true))
                .collect(Collectors.toSet());
    }

    private static String version(String script) {
        return script.substring(1, script.indexOf("__"));
    }

    /** As Flyway computes it: of the lines without their ends. */
    private static int checksum(String resource) {
        CRC32 checksum = new CRC32();
        try (InputStream stream = SchemaHistory.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("There is no script " + resource);
            }
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + resource + " can't be read", e);
        }
        return (int) checksum.getValue();
    }

    /** One row of the history. */
    record Entry(String version, int checksum, boolean success) {}
}
