package io.github.imagehost.mysql.settings;

import io.github.imagehost.core.settings.SettingNames;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;

/** The settings of a database on a server, one after another; see {@link MySqlSettings#server}. For one thread. */
public final class MySqlServerBuilder {

    private static final SettingNames NAMES = SettingNames.of(Map.of(
            "DB_HOST", "host",
            "DB_PORT", "port",
            "DB_NAME", "name",
            "DB_USER", "user",
            "DB_PASSWORD", "password",
            "DB_SSL_MODE", "sslMode"));

    private final Map<String, String> values = new HashMap<>();

    MySqlServerBuilder(String host) {
        values.put("DB_HOST", host);
    }

    /** The port of those servers that were given without one, from 1 to 65535; 3306 otherwise. */
    public MySqlServerBuilder port(int port) {
        values.put("DB_PORT", String.valueOf(port));
        return this;
    }

    /** The database, which has to exist: 1 to 64 of the characters A-Z a-z 0-9 _ $ -; {@code imagehost} otherwise. */
    public MySqlServerBuilder name(String name) {
        values.put("DB_NAME", name);
        return this;
    }

    /** Whom to connect as, which has to be said: may create, alter and index tables in the database. */
    public MySqlServerBuilder user(String user) {
        values.put("DB_USER", user);
        return this;
    }

    /** The password; none otherwise. */
    public MySqlServerBuilder password(String password) {
        values.put("DB_PASSWORD", password);
        return this;
    }

    /** How much TLS; {@link SslMode#PREFERRED} otherwise. */
    public MySqlServerBuilder sslMode(SslMode mode) {
        values.put("DB_SSL_MODE", mode.name());
        return this;
    }

    /**
     * The settings. Connects to nothing.
     *
     * @throws IllegalArgumentException if a parameter is missing or not legal; the message names it and what is legal
     */
    public MySqlSettings build() {
        try {
            return MySqlSettings.server(Settings.of(values), NAMES);
        } catch (SettingsException e) {
            throw new IllegalArgumentException(NAMES.in(String.valueOf(e.getMessage())), e);
        }
    }
}
