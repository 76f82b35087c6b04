package io.github.imagehost.mysql.testing;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server that tests create databases on. */
record DatabaseServer(String host, int port, String user, String password, String sslMode) {

    private static final String URL_VARIABLE = "IMAGEHOST_TEST_DB_URL";
    private static final String SECOND_URL_VARIABLE = "IMAGEHOST_TEST_DB_URL_2";
    private static final String URL_PREFIX = "jdbc:";

    private static @Nullable DatabaseServer shared;
    private static @Nullable DatabaseServer durable;

    /** The same one for all tests in this JVM. */
    static synchronized DatabaseServer shared() {
        if (shared == null) {
            shared = named(URL_VARIABLE).orElseGet(() -> MariaDbProcess.start().server());
        }
        return shared;
    }

    /** The same one for all in this JVM who measure; it writes to the disk what it commits. */
    static synchronized DatabaseServer durable() {
        if (durable == null) {
            durable = named(URL_VARIABLE)
                    .orElseGet(
                            () -> MariaDbProcess.start(MariaDbProcess.DURABLE).server());
        }
        return durable;
    }

    /** Another server of the cluster that the shared one belongs to, if somebody has named it. */
    static Optional<DatabaseServer> second() {
        return named(SECOND_URL_VARIABLE);
    }

    private static Optional<DatabaseServer> named(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(url -> !url.isBlank())
                .map(DatabaseServer::parse);
    }

    /** The settings for one of its databases. */
    Map<String, String> settings(String database) {
        return Map.of(
                "DB_HOST",
                host,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                database,
                "DB_USER",
                user,
                "DB_PASSWORD",
                password,
                "DB_SSL_MODE",
                sslMode);
    }

    private static DatabaseServer parse(String url) {
        URI uri = URI.create(url.substring(URL_PREFIX.length()));
        Map<String, String> parameters = Arrays.stream(uri.getQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2)
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
        return new DatabaseServer(
                uri.getHost(),
                uri.getPort() < 0 ? 3306 : uri.getPort(),
                parameters.getOrDefault("user", "root"),
                parameters.getOrDefault("password", ""),
                parameters.getOrDefault("sslMode", "PREFERRED"));
    }
}
