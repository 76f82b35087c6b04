package io.github.imagehost.mysql.settings;

import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.SettingNames;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.transaction.SqlFailure;
import io.github.imagehost.mysql.transaction.TimeLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;

/**
 * Which database to use and how: {@link #embedded} below a directory, on a {@link #server}, or as {@link #from
 * settings} of the programs say. With {@code DB_HOST} it is MySQL or what is compatible with it, otherwise H2 in a file
 * below {@code DATA_DIR}. Never prints a password. Immutable.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code DB_HOST}<td>name or address of the server, or of several, separated by commas, each with or without a port; none: H2
 * <tr><td>{@code DB_PORT}<td>of the servers that have none in {@code DB_HOST}; 3306
 * <tr><td>{@code DB_NAME}<td>the database, which has to exist; {@code imagehost}
 * <tr><td>{@code DB_USER}<td>has to be set with {@code DB_HOST}; may create, alter and index tables in the database
 * <tr><td>{@code DB_PASSWORD}<td>absent and empty both mean: no password
 * <tr><td>{@code DB_SSL_MODE}<td>{@code PREFERRED}, which uses TLS if the server offers it but proves nothing about the server;
 *     {@code REQUIRED}; {@code VERIFY_CA} and {@code VERIFY_IDENTITY}, which check the certificate against the JVM's trust store;
 *     or {@code DISABLED}, for trusted networks only
 * <tr><td>{@code DATA_DIR}<td>{@code ./data}; H2 keeps its files in the folder {@code database} in it, which only its owner may read
 * </table>
 *
 * <p>H2 listens on a port of 127.0.0.1, so that other processes of the same user can work with the database at the same
 * time. The address is a setting of H2 for the whole JVM, the system property {@code h2.bindAddress}: {@link #from} and
 * {@link #embedded} set it unless it is set already, and it has to come before the first use of H2 by anybody in the
 * JVM.
 */
public final class MySqlSettings {

    private static final String DEFAULT_NAME = "imagehost";
    private static final List<String> ONLY_WITH_HOST =
            List.of("DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_SSL_MODE");

    private static final SettingNames EMBEDDED_NAMES = SettingNames.of(Map.of(DataDirectory.SETTING, "directory"));

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$-]{1,64}");

    private static final String MYSQL_DRIVER = "com.mysql.cj.jdbc.Driver";

    private static final String MYSQL_PARAMETERS = "?connectTimeout=3000&tcpKeepAlive=true"
            + "&characterEncoding=UTF-8&connectionTimeZone=UTC"
            // saves a round trip per transaction: nothing changes the isolation or the commit mode behind the driver's
            // back
            + "&useLocalSessionState=true"
            // saves the driver from parsing the same statements again and again, and from asking the server for its
            // settings for each connection
            + "&cachePrepStmts=true&prepStmtCacheSize=100&prepStmtCacheSqlLimit=4096&cacheServerConfiguration=true";

    /** A server may be set for other applications to what changes the meaning of statements, or refuses them. */
    private static final String SESSION_VARIABLES =
            ",sql_mode=TRADITIONAL,sql_safe_updates=0,sql_select_limit=18446744073709551615,sql_big_selects=1"
                    + ",autocommit=1,unique_checks=1,completion_type=NO_CHAIN";

    private static final Duration EMBEDDED_PATIENCE = Duration.ofSeconds(30);

    private static final Duration HAND_OVER_PAUSE = Duration.ofMillis(100);

    private static final int TRUSTED_IDLE_MILLIS = 500;

    /** The pool takes connections away after that time, so it is longer than any operation. */
    private static final int MAX_USE_MILLIS = 120_000;

    private final List<ServerAddress> servers;
    private final BiFunction<List<ServerAddress>, TimeLimits, String> url;
    private final TimeLimits limits;
    private final String driver;
    private final String user;
    private final String password;
    private final String description;
    private final SettingNames names;
    private final Optional<EmbeddedDatabase> embedded;

    /**
     * @param servers none if it is embedded
     * @param url of these servers, within these limits
     * @param names what messages call the settings
     */
    private MySqlSettings(
            List<ServerAddress> servers,
            BiFunction<List<ServerAddress>, TimeLimits, String> url,
            TimeLimits limits,
            String driver,
            String user,
            String password,
            String description,
            SettingNames names,
            Optional<EmbeddedDatabase> embedded) {
        this.servers = servers;
        this.url = url;
        this.limits = limits;
        this.driver = driver;
        this.user = user;
        this.password = password;
        this.description = description;
        this.names = names;
        this.embedded = embedded;
    }

    /**
     * Reads the settings. Connects to nothing and creates no file; those of H2 set the system property that it reads
     * its limits from.
     *
     * @throws SettingsException if a setting is missing or wrong, or if H2 was used in this JVM before
     */
    public static MySqlSettings from(Settings settings) {
        if (settings.has("DB_HOST")) {
            return server(settings, SettingNames.VARIABLES);
        }
        for (String name : ONLY_WITH_HOST) {
            if (settings.secret(name).isPresent()) {
                throw new SettingsException("DB_HOST is not set, but " + name
                        + " is: set both for MySQL, or neither for the embedded database");
            }
        }
        return embedded(DataDirectory.from(settings).path(), SettingNames.VARIABLES);
    }

    /**
     * H2 in the folder {@code database} of a directory. Connects to nothing and creates no file, but sets the system
     * property that H2 reads its limits from.
     *
     * @param directory need not be there yet; the programs call it {@code DATA_DIR}
     * @throws SettingsException if there can't be a database in it, or if H2 was used in this JVM before
     */
    public static MySqlSettings embedded(Path directory) {
        return embedded(directory, EMBEDDED_NAMES);
    }

    /**
     * Begins the settings of a database on a server, or on several of which one takes writes.
     *
     * @param host names or addresses, separated by commas, each with or without a port, as in {@code DB_HOST}
     */
    public static MySqlServerBuilder server(String host) {
        return new MySqlServerBuilder(host);
    }

    private static MySqlSettings embedded(Path directory, SettingNames names) {
        EmbeddedDatabase database = EmbeddedDatabase.below(directory, names);
        return new MySqlSettings(
                List.of(),
                (servers, limits) -> database.url(limits),
                TimeLimits.DEFAULT,
                EmbeddedDatabase.DRIVER,
                EmbeddedDatabase.USER,
                "",
                "H2 in " + database.file(),
                names,
                Optional.of(database));
    }

    /**
     * Reads the settings of a database on servers.
     *
     * @param names what messages call them later on
     * @throws SettingsException if one is missing or wrong; names the variable
     */
    static MySqlSettings server(Settings settings, SettingNames names) {
        List<ServerAddress> servers = ServerAddress.from(settings);
        String name = settings.parse(
                        "DB_NAME",
                        "1 to 64 of the characters A-Z a-z 0-9 _ $ -",
                        text -> Optional.of(text).filter(NAME.asMatchPredicate()))
                .orElse(DEFAULT_NAME);
        String user = settings.required("DB_USER", "because DB_HOST is set");
        SslMode sslMode = settings.parse(
                        "DB_SSL_MODE",
                        "one of "
                                + Arrays.stream(SslMode.values())
                                        .map(SslMode::name)
                                        .collect(Collectors.joining(", ")),
                        text -> Optional.of(SslMode.valueOf(text.toUpperCase(Locale.ROOT))))
                .orElse(SslMode.PREFERRED);
        return new MySqlSettings(
                servers,
                (some, limits) -> "jdbc:mysql://" + joined(some, ",") + "/" + name + parameters(sslMode, limits),
                TimeLimits.DEFAULT,
                MYSQL_DRIVER,
                user,
                settings.secret("DB_PASSWORD").orElse(""),
                "the database " + name + " at " + joined(servers, ", "),
                names,
                Optional.empty());
    }

    private static String parameters(SslMode sslMode, TimeLimits limits) {
        return MYSQL_PARAMETERS
                + "&sessionVariables=innodb_lock_wait_timeout=" + limits.lock().toSeconds() + SESSION_VARIABLES
                + "&sslMode=" + sslMode
                // without TLS the driver would have to ask the server for the key to encrypt the password
                // with, which is left to those who decided to trust their network
                + (sslMode == SslMode.DISABLED ? "&allowPublicKeyRetrieval=true" : "")
                + "&socketTimeout=" + limits.silence().toMillis();
    }

    private static String joined(List<ServerAddress> servers, String separator) {
        return servers.stream().map(ServerAddress::toString).collect(Collectors.joining(separator));
    }

    /** How long the database may keep its users waiting. */
    public TimeLimits limits() {
        return limits;
    }

    /** The same database, which may keep its users waiting for other times. */
    public MySqlSettings within(TimeLimits newLimits) {
        return new MySqlSettings(servers, url, newLimits, driver, user, password, description, names, embedded);
    }

    /**
     * The URL, without user and password. With several servers it is up to the driver which one it connects to, while
     * {@link #unpooledDataSource()} looks for one that takes writes.
     */
    public String jdbcUrl() {
        return url.apply(servers, limits);
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

    /**
     * Opens a new connection whenever it is asked for one; if there are several servers, to one that takes writes, and
     * to one that answers only if none does.
     */
    public DataSource unpooledDataSource() {
        return allServers();
    }

    /** As {@link #unpooledDataSource()}, but for statements that take long. */
    public DataSource patientDataSource() {
        UnpooledDataSource hasty = allServers();
        return new UnpooledDataSource() {
            // only from then on: a server that lets in and then says nothing must not keep anybody from the next one
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = hasty.getConnection();
                connection.setNetworkTimeout(Runnable::run, 0);
                return connection;
            }
        };
    }

    /** Keeps a few connections; whoever asked for it closes it. */
    public PooledDataSource pooledDataSource() {
        PooledDataSource pool = new PooledDataSource(allServers());
        pool.setPoolPingEnabled(true);
        pool.setPoolPingQuery("SELECT 1");
        pool.setPoolPingConnectionsNotUsedFor(TRUSTED_IDLE_MILLIS);
        pool.setPoolMaximumCheckoutTime(MAX_USE_MILLIS);
        return pool;
    }

    /** Where to connect to, in the order in which it is tried; none if the database is embedded. */
    public List<ServerAddress> servers() {
        return servers;
    }

    /** As {@link #unpooledDataSource()}, but of this server only. */
    public DataSource dataSource(ServerAddress server) {
        return dataSource(List.of(server));
    }

    private UnpooledDataSource allServers() {
        return servers.size() <= 1
                ? dataSource(servers)
                : new FailoverDataSource(servers.stream()
                        .map(server -> dataSource(List.of(server)))
                        .toList());
    }

    private UnpooledDataSource dataSource(List<ServerAddress> some) {
        return new UnpooledDataSource(
                MySqlSettings.class.getClassLoader(), driver, url.apply(some, limits), user, password);
    }

    /**
     * A first connection, which the caller closes. Creates the folder of an embedded database before.
     *
     * @throws SettingsException if the folder can't be created
     */
    public Connection connect() throws SQLException {
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

    /** Whether it is H2 in a file, and no server. */
    public boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** Whether it is the embedded database and nobody has used it yet. */
    public boolean isAbsent() {
        return embedded.filter(database -> !database.exists()).isPresent();
    }

    /** Whether what is sent to the database stays on this machine. */
    public boolean isOnThisMachine() {
        return servers.stream().allMatch(ServerAddress::isOnThisMachine);
    }

    /** Whether the process that served the embedded database to others may just have left it to them. */
    public boolean isHandedOver(Throwable e) {
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
    public SettingsException unusable(Throwable failure) {
        return new SettingsException(names.in(UnusableDatabase.explain(this, failure)), failure);
    }

    /**
     * Whether a connection that failed like this is dead, or leads to a server from which another one has taken over,
     * so that a pool must not hand it out again. Others that were opened before are likely to be no better.
     */
    public static boolean isConnectionLost(SQLException failure) {
        return SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST;
    }

    /** Which database it is, without user and password. */
    @Override
    public String toString() {
        return description;
    }
}
