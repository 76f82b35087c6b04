package io.github.imagehost.mysql;

import io.github.imagehost.core.diagnosis.LocalHost;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;

/**
 * Which database to use and how. With {@code DB_HOST} it is MySQL or what is compatible with it, otherwise H2 in a file below
 * {@code DATA_DIR}. Never prints a password. Immutable.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code DB_HOST}<td>name or address of the server; none: H2
 * <tr><td>{@code DB_PORT}<td>3306
 * <tr><td>{@code DB_NAME}<td>the database, which has to exist; {@code imagehost}
 * <tr><td>{@code DB_USER}<td>has to be set with {@code DB_HOST}; may create, alter and index tables in the database
 * <tr><td>{@code DB_PASSWORD}<td>absent and empty both mean: no password
 * <tr><td>{@code DB_SSL_MODE}<td>{@code PREFERRED}, which uses TLS if the server offers it but proves nothing about the server;
 *     {@code REQUIRED}; {@code VERIFY_CA} and {@code VERIFY_IDENTITY}, which check the certificate against the JVM's trust store;
 *     or {@code DISABLED}, for trusted networks only
 * <tr><td>{@code DATA_DIR}<td>{@code ./data}; H2 keeps its files in the folder {@code database} in it, which only its owner may read
 * </table>
 *
 * <p>H2 listens on a port of 127.0.0.1, so that other processes of the same user can work with the database at the same time.
 * The address is a setting of H2 for the whole JVM, the system property {@code h2.bindAddress}: {@link #from} sets it unless it is
 * set already, and it has to come before the first use of H2 by anybody in the JVM.
 */
public final class MySqlSettings {

    private static final int DEFAULT_PORT = 3306;
    private static final String DEFAULT_NAME = "imagehost";
    private static final List<String> ONLY_WITH_HOST =
            List.of("DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_SSL_MODE");
    private static final Set<String> SSL_MODES =
            Set.of("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY");

    /** Strict on purpose: these become part of a URL whose further parameters are ours. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*]?");

    private static final Pattern MAY_HOLD_A_SECRET = Pattern.compile("[@?=]");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$-]{1,64}");

    private static final String JDBC = "jdbc:";
    private static final String MYSQL_DRIVER = "com.mysql.cj.jdbc.Driver";

    /** A statement may take 5 seconds, see {@link MyBatisSetup}; the socket waits longer, so that it is not cut off before. */
    private static final String SOCKET_TIMEOUT = "&socketTimeout=10000";

    private static final String MYSQL_PARAMETERS = "?connectTimeout=3000&tcpKeepAlive=true"
            + "&characterEncoding=UTF-8&connectionTimeZone=UTC"
            // saves a round trip per transaction: nothing changes the isolation or the commit mode behind the driver's
            // back
            + "&useLocalSessionState=true"
            // saves the driver from parsing the same statements again and again, and from asking the server for its
            // settings for each connection
            + "&cachePrepStmts=true&prepStmtCacheSize=100&prepStmtCacheSqlLimit=4096&cacheServerConfiguration=true"
            // a lock is never held for long: whoever waits this long rather starts over
            + "&sessionVariables=innodb_lock_wait_timeout=3";

    private static final Duration EMBEDDED_PATIENCE = Duration.ofSeconds(30);

    private static final Duration HAND_OVER_PAUSE = Duration.ofMillis(100);

    private static final int TRUSTED_IDLE_MILLIS = 500;

    /** The pool takes connections away after that time, so it is longer than any operation. */
    private static final int MAX_USE_MILLIS = 120_000;

    private final String url;
    private final String patientUrl;
    private final String driver;
    private final String user;
    private final String password;
    private final String description;
    private final Optional<EmbeddedDatabase> embedded;

    private MySqlSettings(
            String url,
            String patientUrl,
            String driver,
            String user,
            String password,
            String description,
            Optional<EmbeddedDatabase> embedded) {
        this.url = url;
        this.patientUrl = patientUrl;
        this.driver = driver;
        this.user = user;
        this.password = password;
        this.description = description;
        this.embedded = embedded;
    }

    /**
     * Reads the settings. Connects to nothing and creates nothing.
     *
     * @throws SettingsException if a setting is missing or wrong, or if H2 was used in this JVM before
     */
    public static MySqlSettings from(Settings settings) {
        if (settings.has("DB_HOST")) {
            return server(settings);
        }
        for (String name : ONLY_WITH_HOST) {
            if (settings.secret(name).isPresent()) {
                throw new SettingsException("DB_HOST is not set, but " + name
                        + " is: set both for MySQL, or neither for the embedded database");
            }
        }
        EmbeddedDatabase database =
                EmbeddedDatabase.below(DataDirectory.from(settings).path());
        return new MySqlSettings(
                database.url(),
                database.url(),
                EmbeddedDatabase.DRIVER,
                EmbeddedDatabase.USER,
                "",
                "H2 in " + database.file(),
                Optional.of(database));
    }

    private static MySqlSettings server(Settings settings) {
        // such a value holds a secret, which the usual message would repeat
        if (settings.text("DB_HOST").filter(MAY_HOLD_A_SECRET.asPredicate()).isPresent()) {
            throw new SettingsException(
                    "DB_HOST is more than the name or address of a server: a user and a password belong"
                            + " in DB_USER and DB_PASSWORD, and the rest in DB_PORT and DB_NAME");
        }
        String host = settings.parse(
                        "DB_HOST",
                        "the name or address of a server, without a port",
                        text -> Optional.of(text).filter(HOST.asMatchPredicate()))
                .orElseThrow();
        long port = settings.wholeNumber("DB_PORT", DEFAULT_PORT, 1, 65535);
        String name = settings.parse(
                        "DB_NAME",
                        "1 to 64 of the characters A-Z a-z 0-9 _ $ -",
                        text -> Optional.of(text).filter(NAME.asMatchPredicate()))
                .orElse(DEFAULT_NAME);
        String user = settings.required("DB_USER", "because DB_HOST is set");
        String sslMode = settings.parse(
                        "DB_SSL_MODE",
                        "one of "
                                + String.join(", ", SSL_MODES.stream().sorted().toList()),
                        text -> Optional.of(text.toUpperCase(Locale.ROOT)).filter(SSL_MODES::contains))
                .orElse("PREFERRED");
        String address = (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        String patientUrl = "jdbc:mysql://" + address + "/" + name + MYSQL_PARAMETERS + "&sslMode=" + sslMode
                // without TLS the driver would have to ask the server for the key to encrypt the password
                // with, which is left to those who decided to trust their network
                + (sslMode.equals("DISABLED") ? "&allowPublicKeyRetrieval=true" : "");
        return new MySqlSettings(
                patientUrl + SOCKET_TIMEOUT,
                patientUrl,
                MYSQL_DRIVER,
                user,
                settings.secret("DB_PASSWORD").orElse(""),
                "the database " + name + " at " + address,
                Optional.empty());
    }

    /** The URL, without user and password. */
    public String jdbcUrl() {
        return url;
    }

    /** The class of the driver that goes with the URL. */
    public String driverClassName() {
        return driver;
    }

    /** Whom to connect as. */
    public String user() {
        return user;
    }

    /** The password; empty if there is none. */
    public String password() {
        return password;
    }

    /** Opens a new connection whenever it is asked for one. */
    public DataSource unpooledDataSource() {
        return dataSource(url);
    }

    /** As {@link #unpooledDataSource()}, but for statements that take long. */
    DataSource patientDataSource() {
        return dataSource(patientUrl);
    }

    /** Keeps a few connections; whoever asked for it closes it. */
    PooledDataSource pooledDataSource() {
        PooledDataSource pool = new PooledDataSource(MySqlSettings.class.getClassLoader(), driver, url, user, password);
        pool.setPoolPingEnabled(true);
        pool.setPoolPingQuery("SELECT 1");
        pool.setPoolPingConnectionsNotUsedFor(TRUSTED_IDLE_MILLIS);
        pool.setPoolMaximumCheckoutTime(MAX_USE_MILLIS);
        return pool;
    }

    private DataSource dataSource(String jdbcUrl) {
        return new UnpooledDataSource(MySqlSettings.class.getClassLoader(), driver, jdbcUrl, user, password);
    }

    /**
     * A first connection, which the caller closes. Creates the folder of an embedded database before.
     *
     * @throws SettingsException if the folder can't be created
     */
    Connection connect() throws SQLException {
        embedded.ifPresent(EmbeddedDatabase::createFolder);
        long deadline = System.nanoTime() + EMBEDDED_PATIENCE.toNanos();
        while (true) {
            try {
                return unpooledDataSource().getConnection();
            } catch (SQLException e) {
                if (!isHandedOver(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                pauseBefore(e);
            }
        }
    }

    /** Whether it is H2 in a file. */
    boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** Is locked by whoever repairs what the embedded database knows of. */
    Path repairFile() {
        return embedded.orElseThrow().file().resolveSibling("repair.lock");
    }

    /** Whether it is the embedded database and nobody has used it yet. */
    boolean isAbsent() {
        return embedded.filter(database -> !database.exists()).isPresent();
    }

    /** Whether what is sent to the database stays on this machine. */
    boolean isOnThisMachine() {
        return embedded.isPresent()
                || LocalHost.is(URI.create(url.substring(JDBC.length())).getHost());
    }

    /** Whether the process that served the embedded database to others may just have left it to them. */
    boolean isHandedOver(Throwable e) {
        SqlFailure failure = SqlFailure.of(e);
        return embedded.isPresent() && (failure == SqlFailure.CONNECTION_LOST || failure == SqlFailure.UNAVAILABLE);
    }

    private static void pauseBefore(SQLException failure) throws SQLException {
        try {
            Thread.sleep(HAND_OVER_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** Tells in one sentence which setting to look at, since the database can't be used. */
    SettingsException unusable(Throwable failure) {
        Optional<SQLException> reason = SqlFailure.sqlException(failure);
        String message = reason.map(this::describe)
                .orElseGet(() -> setting() + ": " + description + " can't be used: " + failure.getMessage());
        return new SettingsException(message, failure);
    }

    private String describe(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (e.getErrorCode()) {
            case 1045, 1698 -> "DB_USER and DB_PASSWORD: " + description + " refuses this user or this password";
            case 1044 -> "DB_USER and DB_NAME: this user may not use " + description;
            case 1049 -> "DB_NAME: " + description + " does not exist";
            case 1142, 1227, 1370 -> "DB_USER: this user may not create and change tables in " + description;
            default ->
                embedded.isEmpty() && state.startsWith("08")
                        ? "DB_HOST and DB_PORT: " + description + " does not answer: " + innermostReason(e)
                        : setting() + ": " + description + " can't be used: " + innermostReason(e);
        };
    }

    private String setting() {
        return embedded.isPresent() ? DataDirectory.SETTING : "DB_HOST";
    }

    /** Drivers wrap what the operating system said in long stories of their own. */
    private static String innermostReason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
        return text.lines().findFirst().orElse(text);
    }

    /** Whether a connection that failed like this is dead, so that a pool must not hand it out again. */
    public static boolean isConnectionLost(SQLException failure) {
        return SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST;
    }

    /** Which database it is, without user and password. */
    @Override
    public String toString() {
        return description;
    }
}
