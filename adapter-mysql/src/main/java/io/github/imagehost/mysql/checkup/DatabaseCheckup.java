package io.github.imagehost.mysql.checkup;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.settings.ServerAddress;
import io.github.imagehost.mysql.settings.ServerVariables;
import io.github.imagehost.mysql.settings.UnusableDatabase;
import io.github.imagehost.mysql.transaction.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a database can be used: MySQL, MariaDB or the embedded one. Changes nothing in it. Takes a minute
 * at the most.
 */
public final class DatabaseCheckup implements Checkup {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCheckup.class);

    private static final int TIMEOUT_SECONDS = 5;
    private static final String NO_CONNECTION = "There is no connection";

    private static final Pattern VERSION_NUMBER = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    private static final String ANY_LANGUAGE = "é图片😀";
    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);

    /** In microseconds since the epoch, whatever time zone the session has. */
    private static final String TIME = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3))";

    private static final String EMBEDDED_TIME =
            "SELECT DATEDIFF(MICROSECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', CURRENT_TIMESTAMP)";

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
            String reason = "There is no " + settings + " yet; it is made when it is needed";
            return List.of(Answer.notChecked(reason).to(Area.DATABASE, "server"));
        }
        Connection connection;
        try {
            connection = settings.connect();
        } catch (SQLException | SettingsException e) {
            return table(Optional.empty(), Optional.of(e)).run();
        }
        List<Finding> findings = new ArrayList<>();
        // held until the end, since the embedded database would be closed and opened again otherwise
        try (connection) {
            findings.addAll(table(Optional.of(connection), Optional.empty()).run());
        } catch (SQLException e) {
            log.debug("Can't close the connection, which nobody needs any more", e);
        }
        return findings;
    }

    private CheckTable table(Optional<Connection> connection, Optional<Exception> failure) {
        return new CheckTable(
                Area.DATABASE,
                access("server", failure, "It answers: " + settings),
                access("login", failure, "User " + settings.user() + " is let in")
                        .after("server", NO_CONNECTION),
                access("database", failure, "The database is there, and this user may use it")
                        .after("login", "Nobody is logged in")
                        .after("server", NO_CONNECTION),
                check("writes", connection, this::writes).after("database", NO_CONNECTION),
                check("cluster", connection, any -> cluster()).after("database", NO_CONNECTION),
                check("encryption", connection, this::encryption).after("database", NO_CONNECTION),
                check("version", connection, this::version).after("database", NO_CONNECTION),
                check("charset", connection, this::charset).after("database", NO_CONNECTION),
                check("time zone", connection, this::timeZone).after("database", NO_CONNECTION),
                check("migrations", connection, this::migrations).after("database", NO_CONNECTION),
                check("privileges", connection, this::privileges)
                        .after("writes", "Nothing can be written")
                        .after("database", NO_CONNECTION));
    }

    private Check access(String name, Optional<Exception> failure, String seenIfWell) {
        return new Check(
                name,
                failure.filter(e -> name.equals(UnusableDatabase.failedCheck(e)))
                        .map(e -> UnusableDatabase.answer(settings, e))
                        .orElse(Answer.ok(seenIfWell)));
    }

    private Check check(String name, Optional<Connection> connection, Trial trial) {
        return Check.of(name, () -> trial.run(connection.orElseThrow()), this::broken);
    }

    private Answer broken(Exception failure) {
        SqlFailure kind = SqlFailure.of(failure);
        return kind == SqlFailure.CONNECTION_LOST || kind == SqlFailure.UNAVAILABLE
                ? Outcome.UNREACHABLE.answer(
                        reason(failure), "See whether the server is well and lets this user write, and try again")
                : Outcome.FAILED.answer(reason(failure), "Ask whoever runs the database");
    }

    private String reason(Exception failure) {
        return UnusableDatabase.explain(settings, failure);
    }

    private Answer writes(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return Answer.ok("There is no other server");
        }
        if (ServerVariables.logsStatements(connection)) {
            return Outcome.SETTING_WRONG.answer(
                    settings + ": " + UnusableDatabase.STATEMENT_LOG, UnusableDatabase.STATEMENT_LOG_CURE);
        }
        List<ServerState> states = settings.servers().stream().map(this::state).toList();
        String seen = states.stream().map(ServerState::seen).collect(Collectors.joining("; "));
        if (states.stream().noneMatch(ServerState::takesWrites)) {
            return Outcome.UNREACHABLE.answer(
                    seen + ": images can be seen, and nothing else",
                    "Let one of the servers take writes, or set DB_HOST to one that does");
        }
        return states.stream().allMatch(ServerState::answers)
                ? Answer.ok(seen)
                : Outcome.WARNING.answer(
                        seen, "See whether that server runs and can be reached from here, or take it out of DB_HOST");
    }

    private record ServerState(String seen, boolean answers, boolean takesWrites) {}

    private ServerState state(ServerAddress server) {
        try (Connection connection = settings.dataSource(server).getConnection()) {
            Optional<String> obstacle = ServerVariables.writeObstacle(connection);
            String writes =
                    obstacle.map(why -> " takes no writes (" + why + ")").orElse(" takes writes");
            return new ServerState(server + writes, true, obstacle.isEmpty());
        } catch (SQLException e) {
            return new ServerState(server + " can't be used: " + UnusableDatabase.innermostReason(e), false, false);
        }
    }

    private Answer cluster() {
        if (settings.isEmbedded()) {
            return Answer.ok("There is no other server");
        }
        List<ClusterReads> reads = new ArrayList<>();
        for (ServerAddress server : settings.servers()) {
            try (Connection own = settings.dataSource(server).getConnection()) {
                reads.add(ClusterReads.of(server.toString(), own));
            } catch (SQLException e) {
                log.debug("{} is not asked whether it is in a cluster: what is wrong is told already", server, e);
            }
        }
        return ClusterReads.answer(reads);
    }

    private Answer encryption(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return Answer.ok("Nothing leaves this machine");
        }
        Map<String, String> cipher = ServerVariables.show(connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'");
        if (!cipher.isEmpty() && !cipher.containsValue("")) {
            return Answer.ok("The connection is encrypted with TLS");
        }
        return settings.isOnThisMachine()
                ? Answer.ok("The connection is not encrypted, but does not leave this machine")
                : Outcome.WARNING.answer(
                        "The connection is not encrypted: whoever is on the way can read and change what is asked and"
                                + " answered",
                        "Let the server offer TLS, and set DB_SSL_MODE=REQUIRED or better VERIFY_IDENTITY, unless nobody"
                                + " else is in that network");
    }

    private Answer version(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return Answer.ok("H2 " + value(connection, "SELECT H2VERSION()"));
        }
        String version = value(connection, "SELECT VERSION()");
        boolean mariaDb = version.contains("MariaDB");
        String product = (mariaDb ? "MariaDB " : "MySQL ") + version;
        Matcher number = VERSION_NUMBER.matcher(version);
        if (!number.matches()) {
            return Answer.notChecked("Nobody knows this one: " + product);
        }
        int major = Integer.parseInt(number.group(1));
        int minor = Integer.parseInt(number.group(2));
        return (mariaDb ? major > 10 || (major == 10 && minor >= 6) : major >= 8)
                ? Answer.ok(product)
                : Outcome.FAILED.answer(product + " is too old", "Use MySQL 8.0 or MariaDB 10.6 or newer");
    }

    private Answer charset(Connection connection) throws SQLException {
        if (!query(connection, "SELECT ?", ANY_LANGUAGE).equals(List.of(ANY_LANGUAGE))) {
            return Outcome.FAILED.answer(
                    "Text beyond ASCII does not come back from the server as it was sent",
                    "Let the server use utf8mb4 for this user's connections: no init_connect, no"
                            + " skip-character-set-client-handshake");
        }
        List<String> columns = settings.isEmbedded() ? List.of() : query(connection, SchemaCheck.OTHER_COLLATIONS);
        return columns.isEmpty()
                ? Answer.ok("Text of any language comes back as it was sent")
                : Outcome.FAILED.answer(
                        "Columns have another collation than they were made with: " + String.join(", ", columns),
                        "Give them back a collation that ends with _bin, and imagehost_image.original_name and"
                                + " imagehost_token.name the character set utf8mb4"
                                + " (ALTER TABLE … MODIFY)");
    }

    /**
     * The session's time zone does not matter, since nobody asks for times in it; but the clock has to be right in UTC.
     */
    private Answer timeZone(Connection connection) throws SQLException {
        Instant before = clock.instant();
        String micros = value(connection, settings.isEmbedded() ? EMBEDDED_TIME : TIME);
        Instant theirs = Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
        Instant after = clock.instant();
        Duration skew =
                Duration.between(theirs.isBefore(before) ? before : theirs.isAfter(after) ? after : theirs, theirs);
        String zone = settings.isEmbedded()
                ? ""
                : "; its time zone, " + value(connection, "SELECT @@session.time_zone") + ", does not matter";
        return skew.abs().compareTo(NOTABLE_SKEW) < 0
                ? Answer.ok("The database's time in UTC is ours" + zone)
                : Outcome.WARNING.answer(
                        "The database's time in UTC is " + theirs + ", and ours is " + after
                                + ": images get the database's",
                        "Let both machines set their clocks by the network (NTP), with the right time zone");
    }

    private Answer migrations(Connection connection) throws SQLException {
        return SchemaCheck.of(
                        SchemaMigration.history(settings.unpooledDataSource()), query(connection, SchemaCheck.TABLES))
                .answer();
    }

    private Answer privileges(Connection connection) throws SQLException {
        if (settings.isEmbedded()) {
            return Answer.ok("Whoever may read and write the folder may do everything");
        }
        Privileges privileges = Privileges.of(connection);
        if (privileges.missing().isEmpty()) {
            return Answer.ok("User " + settings.user() + " may do everything that is needed");
        }
        String lacking = settings.user() + " lacks " + String.join(", ", privileges.missing());
        String grant = "As an administrator: " + privileges.grant();
        // a user who may not change tables is a choice that works until there is a new version
        return privileges.onlyForMigrations()
                        && privileges.tablesAreThere()
                        && migrations(connection).outcome() == Outcome.OK
                ? Outcome.WARNING.answer(
                        "User " + lacking + ", which only a newer version would need",
                        grant + " before the next update")
                : Outcome.SETTING_WRONG.answer("DB_USER: user " + lacking, grant);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        return query(connection, sql).get(0);
    }

    /** The first column of all rows. */
    private static List<String> query(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(String.valueOf(result.getString(1)));
                }
                return rows;
            }
        }
    }

    private interface Trial {

        Answer run(Connection connection) throws SQLException;
    }
}
