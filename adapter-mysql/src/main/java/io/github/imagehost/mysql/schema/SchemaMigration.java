package io.github.imagehost.mysql.schema;

import com.google.common.collect.ImmutableListMultimap;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.work.Retry;
import io.github.imagehost.mysql.migration.MigrationLog;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.settings.ServerVariables;
import io.github.imagehost.mysql.settings.UnusableDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the tables of the repository up to date. May be repeated, and done by several processes at once: one of them
 * does it and the others wait. Tables of other applications in the same database stay as they are.
 */
public final class SchemaMigration {

    /** What the script of each version makes. */
    private static final ImmutableListMultimap<String, String> TABLES_OF_VERSIONS =
            ImmutableListMultimap.<String, String>builder()
                    .putAll(
                            "1",
                            "imagehost_blob",
                            "imagehost_image",
                            "imagehost_alias",
                            "imagehost_retired_filename",
                            "imagehost_image_range",
                            "imagehost_name_gram")
                    .putAll("2", "imagehost_owner", "imagehost_token")
                    .putAll("3", "imagehost_quota")
                    .putAll("4", "imagehost_login", "imagehost_session", "imagehost_login_link")
                    .putAll("6", "imagehost_key")
                    .putAll("7", "imagehost_audit")
                    .putAll("8", "imagehost_identity")
                    .putAll("9", "imagehost_invitation")
                    .putAll("11", "imagehost_album", "imagehost_album_image", "imagehost_tag", "imagehost_image_tag")
                    .putAll("13", "imagehost_lease")
                    .build();

    /** What the scripts make. */
    public static final List<String> TABLES = List.copyOf(TABLES_OF_VERSIONS.values());

    private static final String SCRIPTS = "classpath:io/github/imagehost/mysql/migration/";

    /**
     * Flyway takes its lock only after it has looked whether there is a history, and can fail when another one just
     * made it.
     */
    private static final int ATTEMPTS = 5;

    private static final Set<SqlFailure> RACES = EnumSet.of(SqlFailure.CONFLICT, SqlFailure.DUPLICATE_KEY);

    private static final Duration PAUSE = Duration.ofMillis(300);

    private SchemaMigration() {}

    /**
     * Migrates the schema of this database. Its connections should allow statements that take long.
     *
     * @throws RepositoryUnavailableException if the database does not answer
     * @throws RepositoryException if the schema can't be migrated, or the server would refuse what is written
     *     afterwards
     */
    public static void migrate(DataSource dataSource) {
        String databaseId = MyBatisSetup.databaseId(dataSource);
        if (!isCurrent(dataSource, databaseId)) {
            migrate(flyway(dataSource, databaseId));
        }
    }

    private static boolean isCurrent(DataSource dataSource, String databaseId) {
        try (Connection connection = dataSource.getConnection()) {
            if (databaseId.equals(MyBatisSetup.MYSQL) && ServerVariables.logsStatements(connection)) {
                throw new RepositoryException(
                        UnusableDatabase.STATEMENT_LOG + ". " + UnusableDatabase.STATEMENT_LOG_CURE);
            }
            return SchemaHistory.isCurrent(connection, databaseId);
        } catch (SQLException e) {
            throw new RepositoryUnavailableException("Could not connect to the database", e);
        }
    }

    private static void migrate(Flyway flyway) {
        try {
            Retry.atIntervals(PAUSE, ATTEMPTS, SchemaMigration::mayBeARace).run(() -> {
                forgetFailures(flyway);
                return flyway.migrate();
            });
        } catch (FlywayException e) {
            throw new RepositoryException("The schema of the repository can't be migrated", e);
        }
    }

    /**
     * What the database refuses stays refused; the rest is Flyway's own surprise at what another process did. H2 does
     * not always keep two first starts apart: both run the same script, and the second one finds its row in the
     * history.
     */
    private static boolean mayBeARace(Exception e) {
        return e instanceof FlywayException
                && (SqlFailure.sqlException(e).isEmpty() || RACES.contains(SqlFailure.of(e)));
    }

    /** A script that failed once, for want of a privilege for instance, is run again: all of them may be repeated. */
    private static void forgetFailures(Flyway flyway) {
        if (Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState().isFailed())) {
            flyway.repair();
        }
    }

    /**
     * Connects with these settings and migrates the schema.
     *
     * @throws SettingsException if the database can't be used with these settings; names the setting to look at
     */
    public static void migrate(MySqlSettings settings) {
        try (Connection held = connect(settings)) {
            held.getMetaData();
        } catch (SQLException e) {
            throw settings.unusable(e);
        }
    }

    /**
     * A connection to a database whose schema is migrated, which the caller closes. The embedded database would be
     * closed and opened again between any two others, if nobody held one.
     *
     * @throws SettingsException if the database can't be used with these settings; names the setting to look at
     */
    public static Connection connect(MySqlSettings settings) {
        try {
            // the process that served the embedded database may end in the midst of it
            return Retry.atIntervals(PAUSE, ATTEMPTS, settings::isHandedOver).run(() -> migratedConnection(settings));
        } catch (SQLException | RepositoryException e) {
            throw settings.unusable(e);
        }
    }

    private static Connection migratedConnection(MySqlSettings settings) throws SQLException {
        Connection held = settings.connect();
        try {
            migrate(settings.patientDataSource());
            return held;
        } catch (RuntimeException e) {
            try (held) {
                throw e;
            }
        }
    }

    /** What this script makes; nothing if this version does not know it. */
    public static List<String> tablesOf(MigrationInfo script) {
        return TABLES_OF_VERSIONS.get(script.getVersion().getVersion());
    }

    /** All scripts and what has become of them in this database, which stays as it is. */
    public static List<MigrationInfo> history(DataSource dataSource) {
        return List.of(
                flyway(dataSource, MyBatisSetup.databaseId(dataSource)).info().all());
    }

    private static Flyway flyway(DataSource dataSource, String databaseId) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .loggers(MigrationLog.class.getName())
                .dataSource(dataSource)
                .locations(SCRIPTS + databaseId)
                .failOnMissingLocations(true)
                .table(SchemaHistory.TABLE)
                // the database may hold other applications' tables already
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }
}
