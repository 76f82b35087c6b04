package io.github.imagehost.mysql.settings;

import io.github.imagehost.core.diagnosis.LocalHost;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host its name or address; an IPv6 address is in brackets
 * @param port from 1 to 65535
 */
public record ServerAddress(String host, int port) {

    private static final int DEFAULT_PORT = 3306;
    private static final int HIGHEST_PORT = 65535;
    private static final String IPV6 = "[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";

    /**
     * Strict on purpose: these become part of a URL whose further parameters are ours. Names with an underscore are no
     * legal names of hosts, but many containers have one.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<name>[A-Za-z0-9._-]+|\\[" + IPV6 + "])(:(?<port>[0-9]{1,5}))?|(?<bare>" + IPV6 + ")");

    private static final Pattern MAY_HOLD_A_SECRET = Pattern.compile("[@?=]");

    /**
     * Reads {@code DB_HOST}, a list, and {@code DB_PORT}, which counts where the list says no port.
     *
     * @return in the order of the list, at least one
     * @throws SettingsException if one of the settings is not legal
     */
    static List<ServerAddress> from(Settings settings) {
        String list = settings.required("DB_HOST", "because the database is on a server");
        // such a value holds a secret, which the usual message would repeat
        if (MAY_HOLD_A_SECRET.matcher(list).find()) {
            throw new SettingsException(
                    "DB_HOST is more than the name or address of a server: a user and a password belong"
                            + " in DB_USER and DB_PASSWORD, and the rest in DB_PORT and DB_NAME");
        }
        int defaultPort = (int) settings.wholeNumber("DB_PORT", DEFAULT_PORT, 1, HIGHEST_PORT);
        return Arrays.stream(list.split(",", -1))
                .map(entry -> parse(entry.strip(), defaultPort))
                .toList();
    }

    private static ServerAddress parse(String entry, int defaultPort) {
        Matcher matcher = ADDRESS.matcher(entry);
        if (!matcher.matches()) {
            throw illegal(entry);
        }
        if (matcher.group("bare") != null) {
            return new ServerAddress("[" + entry + "]", defaultPort);
        }
        int port = port(matcher).orElse(defaultPort);
        if (port < 1 || port > HIGHEST_PORT) {
            throw illegal(entry);
        }
        return new ServerAddress(matcher.group("name"), port);
    }

    private static OptionalInt port(Matcher matcher) {
        String port = matcher.group("port");
        return port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    private static SettingsException illegal(String entry) {
        return new SettingsException("DB_HOST names '" + entry
                + "', but legal are names and addresses of servers, separated by commas, each with a port from 1 to "
                + HIGHEST_PORT + " behind a colon or without one, such as db-1.example,db-2.example:3307,[fd00::3]");
    }

    /** Whether what is sent there stays on this machine. Asks nobody. */
    boolean isOnThisMachine() {
        return LocalHost.is(host);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
