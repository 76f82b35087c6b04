package io.github.imagehost.mysql;

import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.SettingsException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a database can be used: MySQL, MariaDB or the embedded one. Changes nothing in it. Takes a minute at the most.
 */
public final class DatabaseCheckup implements Checkup {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCheckup.class);

    private static final String SERVER = "server";
    private static final String LOGIN = "login";
    private static final String DATABASE = "database";
    private static final String WRITES = "writes";
    private static final String ENCRYPTION = "encryption";
    private static final String VERSION = "version";
    private static final String CHARSET = "charset";
    private static final String TIME_ZONE = "time zone";
    private static final String MIGRATIONS = "migrations";
    private static final String PRIVILEGES = "privileges";
    private static final List<String> NEEDING_A_CONNECTION =
            List.of(WRITES, ENCRYPTION, VERSION, CHARSET, TIME_ZONE, MIGRATIONS, PRIVILEGES);

    private static final int TIMEOUT_SECONDS = 5;
    private static final Set<Integer> LOGIN_REFUSED = Set.of(1045, 1698);
    private static final Set<Integer> DATABASE_REFUSED = Set.of(1044, 1049);

    private static final Pattern VERSION_NUMBER = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    private static final String ANY_LANGUAGE = "é图片😀";
    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);

    private final MySqlSettings settings;
    private final Clock clock;

    public DatabaseCheckup(MySqlSettings settings) {
        this(settings, Clock.systemUTC());
    }

    DatabaseCheckup(MySqlSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Finding> run() {
        if (settings.isAbsent()) {
            return List.of(unknown(SERVER, "There is no " + settings + " yet; it is made when it is needed"));
        }
        Connection connection;
        try {
            connection = settings.connect();
        } catch (SQLException | SettingsException e) {
            return notConnected(e);
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(ok(SERVER, "It answers: " + settings));
        findings.add(loggedIn());
        findings.add(ok(DATABASE, "The database is there, and this user may use it"));
        // held until the end, since the embedded database would be closed and opened again otherwise
        try (connection) {
            Finding writes = check(WRITES, () -> writes(connection));
            findings.add(writes);
            findings.add(check(ENCRYPTION, () -> encryption(connection)));
            findings.add(check(VERSION, () -> version(connection)));
            findings.add(check(CHARSET, () -> charset(connection)));
            findings.add(check(TIME_ZONE, () -> timeZone(connection)));
            Finding migrations = check(MIGRATIONS, () -> migrations(connection));
            findings.add(migrations);
            findings.add(
                    writes.outcome().isFailure()
                            ? unknown(PRIVILEGES, "Nothing can be written")
                            : check(PRIVILEGES, () -> privileges(connection, migrations)));
        } catch (SQLException e) {
            log.debug("Can't close the connection, which nobody needs any more", e);
        }
        return List.copyOf(findings);
    }

    private List<Finding> notConnected(Exception failure) {
        int code =
                SqlFailure.sqlException(failure).map(SQLException::getErrorCode).orElse(0);
        String seen = failure instanceof SettingsException ? String.valueOf(failure.getMessage()) : reason(failure);
        List<Finding> findings = new ArrayList<>();
        if (LOGIN_REFUSED.contains(code)) {
            findings.add(ok(SERVER, "It answers: " + settings));
            findings.add(wrong(
                    LOGIN, seen, "Set DB_USER and DB_PASSWORD to a user that the server lets in from this machine"));
            findings.add(unknown(DATABASE, "Nobody is logged in"));
        } else if (DATABASE_REFUSED.contains(code)) {
            findings.add(ok(SERVER, "It answers: " + settings));
            findings.add(loggedIn());
            findings.add(wrong(
                    DATABASE,
                    seen,
                    code == 1049
                            ? "Make the database (CREATE DATABASE), or set DB_NAME to one that is there"
                            : "Give the user rights to the database (GRANT), or set DB_NAME to one that he may use"));
        } else {
            findings.add(server(failure, seen));
            findings.add(unknown(LOGIN, "There is no connection"));
            findings.add(unknown(DATABASE, "There is no connection"));
        }
        findings.replaceAll(finding -> finding.outcome().isFailure() ? finding.because(failure) : finding);
        NEEDING_A_CONNECTION.forEach(check -> findings.add(unknown(check, "There is no connection")));
        return List.copyOf(findings);
    }

    private Finding loggedIn() {
        return ok(LOGIN, "User " + settings.user() + " is let in");
    }

    private static Finding server(Exception failure, String seen) {
        boolean insecure = Stream.iterate(
                        Optional.<Throwable>of(failure), Optional::isPresent, cause -> cause.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .anyMatch(cause -> cause instanceof SSLException || cause instanceof GeneralSecurityException);
        if (insecure) {
            return wrong(
                    SERVER,
                    seen,
                    "Let the server have a certificate that this Java trusts, or set DB_SSL_MODE to one that asks for less");
        }
        if (failure instanceof SettingsException || SqlFailure.of(failure) == SqlFailure.FATAL) {
            return wrong(SERVER, seen, "Correct the setting, or let the server take connections from this machine");
        }
        return Finding.of(
                Outcome.UNREACHABLE,
                Area.DATABASE,
                SERVER,
                seen,
                "See whether the server runs and can be reached from here, and whether the setting is its address");
    }

    private Finding writes(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return ok(WRITES, "There is no other server");
        }
        if (ServerVariables.logsStatements(connection)) {
            return wrong(WRITES, settings + ": " + UnusableDatabase.STATEMENT_LOG, UnusableDatabase.STATEMENT_LOG_CURE);
        }
        List<ServerState> states = settings.servers().stream().map(this::state).toList();
        String seen = states.stream().map(ServerState::seen).collect(Collectors.joining("; "));
        if (states.stream().noneMatch(ServerState::takesWrites)) {
            return Finding.of(
                    Outcome.UNREACHABLE,
                    Area.DATABASE,
                    WRITES,
                    seen + ": images can be seen, and nothing else",
                    "Let one of the servers take writes, or set DB_HOST to one that does");
        }
        return states.stream().allMatch(ServerState::answers)
                ? ok(WRITES, seen)
                : Finding.of(
                        Outcome.WARNING,
                        Area.DATABASE,
                        WRITES,
                        seen,
                        "See whether that server runs and can be reached from here, or take it out of DB_HOST");
    }

    private record ServerState(String seen, boolean answers, boolean takesWrites) {}

    private ServerState state(ServerAddress server) {
        try (Connection connection = settings.dataSource(server).getConnection()) {
            Optional<String> obstacle = ServerVariables.writeObstacle(connection);
            return new ServerState(
                    server
                            + obstacle.map(why -> " takes no writes (" + why + ")")
                                    .orElse(" takes writes"),
                    true,
                    obstacle.isEmpty());
        } catch (SQLException e) {
            return new ServerState(server + " can't be used: " + UnusableDatabase.innermostReason(e), false, false);
        }
    }

    private Finding encryption(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return ok(ENCRYPTION, "Nothing leaves this machine");
        }
        String cipher = query(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'", 2).stream()
                .findFirst()
                .orElse("");
        if (!cipher.isEmpty()) {
            return ok(ENCRYPTION, "The connection is encrypted with TLS");
        }
        return settings.isOnThisMachine()
                ? ok(ENCRYPTION, "The connection is not encrypted, but does not leave this machine")
                : Finding.of(
                        Outcome.WARNING,
                        Area.DATABASE,
                        ENCRYPTION,
                        "The connection is not encrypted: whoever is on the way can read and change what is asked and"
                                + " answered",
                        "Let the server offer TLS, and set DB_SSL_MODE=REQUIRED or better VERIFY_IDENTITY, unless nobody"
                                + " else is in that network");
    }

    private Finding version(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return ok(VERSION, "H2 " + value(connection, "SELECT H2VERSION()"));
        }
        String version = value(connection, "SELECT VERSION()");
        boolean mariaDb = version.contains("MariaDB");
        String product = (mariaDb ? "MariaDB " : "MySQL ") + version;
        Matcher number = VERSION_NUMBER.matcher(version);
        if (!number.matches()) {
            return unknown(VERSION, "Nobody knows this one: " + product);
        }
        int major = Integer.parseInt(number.group(1));
        int minor = Integer.parseInt(number.group(2));
        boolean supported = mariaDb ? major > 10 || (major == 10 && minor >= 6) : major >= 8;
        return supported
                ? ok(VERSION, product)
                : Finding.of(
                        Outcome.FAILED,
                        Area.DATABASE,
                        VERSION,
                        product + " is too old",
                        "Use MySQL 8.0 or MariaDB 10.6 or newer");
    }

    private Finding charset(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            statement.setString(1, ANY_LANGUAGE);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (!ANY_LANGUAGE.equals(result.getString(1))) {
                    return Finding.of(
                            Outcome.FAILED,
                            Area.DATABASE,
                            CHARSET,
                            "Text beyond ASCII does not come back from the server as it was sent",
                            "Let the server use utf8mb4 for this user's connections: no init_connect, no"
                                    + " skip-character-set-client-handshake");
                }
            }
        }
        List<String> columns = settings.isEmbedded()
                ? List.of()
                : query(
                        connection,
                        "SELECT CONCAT(table_name, '.', column_name, ' (', collation_name, ')')"
                                + " FROM information_schema.columns WHERE table_schema = SCHEMA()"
                                + " AND table_name IN (" + names() + ") AND collation_name IS NOT NULL"
                                + " AND (RIGHT(collation_name, 4) <> '_bin'"
                                + " OR (column_name = 'original_name' AND character_set_name <> 'utf8mb4'))",
                        1);
        return columns.isEmpty()
                ? ok(CHARSET, "Text of any language comes back as it was sent")
                : Finding.of(
                        Outcome.FAILED,
                        Area.DATABASE,
                        CHARSET,
                        "Columns have another collation than they were made with: " + String.join(", ", columns),
                        "Give them back a collation that ends with _bin, and original_name the character set utf8mb4"
                                + " (ALTER TABLE … MODIFY)");
    }

    private static String names() {
        return SchemaMigration.TABLES.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** The session's time zone does not matter, since nobody asks for times in it; but the clock has to be right in UTC. */
    private Finding timeZone(Connection connection) throws SQLException {
        Instant before = clock.instant();
        Instant theirs = now(connection);
        Instant after = clock.instant();
        Duration skew = theirs.isBefore(before)
                ? Duration.between(theirs, before)
                : theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
        String zone = settings.isEmbedded()
                ? ""
                : "; its time zone, " + value(connection, "SELECT @@session.time_zone") + ", does not matter";
        return skew.compareTo(NOTABLE_SKEW) < 0
                ? ok(TIME_ZONE, "The database's time in UTC is ours" + zone)
                : Finding.of(
                        Outcome.WARNING,
                        Area.DATABASE,
                        TIME_ZONE,
                        "The database's time in UTC is " + theirs + ", and ours is " + after
                                + ": images get the database's",
                        "Let both machines set their clocks by the network (NTP), with the right time zone");
    }

    private Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        settings.isEmbedded() ? "SELECT CURRENT_TIMESTAMP" : "SELECT UTC_TIMESTAMP(3)")) {
            result.next();
            return settings.isEmbedded()
                    ? result.getObject(1, OffsetDateTime.class).toInstant()
                    : result.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
    }

    private Finding migrations(Connection connection) throws SQLException {
        List<MigrationInfo> history = SchemaMigration.history(settings.unpooledDataSource());
        List<MigrationInfo> applied = history.stream()
                .filter(migration ->
                        migration.isVersioned() && migration.getState().isApplied())
                .toList();
        List<String> missing = missingTables(connection);
        boolean areThereNone = missing.size() == SchemaMigration.TABLES.size();
        if (applied.isEmpty() && areThereNone) {
            return ok(MIGRATIONS, "There are no tables yet; the first start makes them");
        }
        Optional<String> failed =
                firstOf(history, migration -> migration.getState().isFailed());
        if (applied.isEmpty() || failed.isPresent()) {
            return cutOff(failed, missing);
        }
        if (!missing.isEmpty()) {
            return Finding.of(
                    Outcome.FAILED,
                    Area.DATABASE,
                    MIGRATIONS,
                    "Tables that were made are gone, or this user may not see them: " + String.join(", ", missing),
                    "Give the user rights to them, or restore them from a backup");
        }
        if (!history.stream().allMatch(MigrationInfo::isChecksumMatching)) {
            return Finding.of(
                    Outcome.FAILED,
                    Area.DATABASE,
                    MIGRATIONS,
                    "The tables were made by other scripts than this version has",
                    "Use the version that made them, or a newer one; what a version before the first release made has to be"
                            + " made anew, in an empty database");
        }
        Optional<Finding> unusual = firstOf(
                        history, migration -> !migration.getState().isApplied())
                .map(script -> "The script " + script + " has not run yet")
                .map(seen -> Finding.of(
                        Outcome.WARNING,
                        Area.DATABASE,
                        MIGRATIONS,
                        seen,
                        "Start the service, or give any other command: that runs it"))
                .or(() -> firstOf(history, migration -> !migration.getState().isResolved())
                        .map(script -> Finding.of(
                                Outcome.WARNING,
                                Area.DATABASE,
                                MIGRATIONS,
                                "A newer version has run the script " + script + ", which this one does not know",
                                "Use the newer version everywhere")));
        return unusual.orElseGet(
                () -> ok(MIGRATIONS, "All tables are there, and all " + applied.size() + " scripts have run"));
    }

    private static List<String> missingTables(Connection connection) throws SQLException {
        List<String> present =
                query(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = SCHEMA()", 1);
        return SchemaMigration.TABLES.stream()
                .filter(table -> !present.contains(table))
                .toList();
    }

    private static Finding cutOff(Optional<String> failed, List<String> missing) {
        return Finding.of(
                Outcome.WARNING,
                Area.DATABASE,
                MIGRATIONS,
                failed.map(script -> "The script " + script + " failed in the midst of it")
                                .orElse("A start was cut off before its script was done")
                        + (missing.isEmpty() ? "" : "; tables that are not there yet: " + String.join(", ", missing)),
                "Start the service, or give any other command: that runs it again, or says why it can't");
    }

    private static Optional<String> firstOf(List<MigrationInfo> history, Predicate<MigrationInfo> condition) {
        return history.stream()
                .filter(MigrationInfo::isVersioned)
                .filter(condition)
                .findFirst()
                .map(migration -> migration.getVersion() + " (" + migration.getDescription() + ")");
    }

    private Finding privileges(Connection connection, Finding migrations) throws SQLException {
        if (settings.isEmbedded()) {
            return ok(PRIVILEGES, "Whoever may read and write the folder may do everything");
        }
        Privileges privileges = Privileges.of(connection);
        if (privileges.missing().isEmpty()) {
            return ok(PRIVILEGES, "User " + settings.user() + " may do everything that is needed");
        }
        String missing = String.join(", ", privileges.missing());
        String grant = "As an administrator: " + privileges.grant();
        // a user who may not change tables is a choice that works until there is a new version
        return privileges.onlyForMigrations() && migrations.outcome() == Outcome.OK && privileges.tablesAreThere()
                ? Finding.of(
                        Outcome.WARNING,
                        Area.DATABASE,
                        PRIVILEGES,
                        "User " + settings.user() + " lacks " + missing + ", which only a newer version would need",
                        grant + " before the next update")
                : wrong(PRIVILEGES, "DB_USER: user " + settings.user() + " lacks " + missing, grant);
    }

    private Finding check(String name, Callable<Finding> check) {
        try {
            return check.call();
        } catch (Exception e) {
            SqlFailure failure = SqlFailure.of(e);
            boolean passing = failure == SqlFailure.CONNECTION_LOST || failure == SqlFailure.UNAVAILABLE;
            return Finding.of(
                            passing ? Outcome.UNREACHABLE : Outcome.FAILED,
                            Area.DATABASE,
                            name,
                            reason(e),
                            passing
                                    ? "See whether the server is well and lets this user write, and try again"
                                    : "Ask whoever runs the database")
                    .because(e);
        }
    }

    private String reason(Exception failure) {
        return String.valueOf(settings.unusable(failure).getMessage());
    }

    private static String value(Connection connection, String sql) throws SQLException {
        return query(connection, sql, 1).get(0);
    }

    private static List<String> query(Connection connection, String sql, int column) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet result = statement.executeQuery(sql)) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(String.valueOf(result.getString(column)));
                }
                return rows;
            }
        }
    }

    private static Finding ok(String check, String seen) {
        return Finding.ok(Area.DATABASE, check, seen);
    }

    private static Finding unknown(String check, String reason) {
        return Finding.notChecked(Area.DATABASE, check, reason);
    }

    private static Finding wrong(String check, String seen, String advice) {
        return Finding.of(Outcome.SETTING_WRONG, Area.DATABASE, check, seen, advice);
    }
}
