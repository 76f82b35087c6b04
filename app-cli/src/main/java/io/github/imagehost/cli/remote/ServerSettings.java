package io.github.imagehost.cli.remote;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a service is, and by what it lets a command in. Immutable. */
public final class ServerSettings {

    /** The setting that names the service. */
    public static final String SERVER = "IMAGEHOST_SERVER";

    private static final String TOKEN = "IMAGEHOST_TOKEN";
    private static final String ALLOW_HTTP = "IMAGEHOST_ALLOW_HTTP";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern LEGAL_TOKEN = Pattern.compile("[!-~]+");

    private final URI address;
    private final Optional<String> token;

    private ServerSettings(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    /**
     * Reads {@code IMAGEHOST_TOKEN} or the file that {@code IMAGEHOST_TOKEN_FILE} names, and
     * {@code IMAGEHOST_ALLOW_HTTP}.
     *
     * @param address of the service, without a slash at the end
     * @throws SettingsException if one of them is not legal, or if the token could be read on its way to the service
     */
    public static ServerSettings at(URI address, Settings settings) {
        Optional<String> token = token(settings);
        boolean isOpen = "http".equals(address.getScheme())
                && !LOOPBACK.matcher(address.getHost()).matches();
        if (token.isPresent() && isOpen && !settings.flag(ALLOW_HTTP, false)) {
            throw new SettingsException("The address of the service is " + address
                    + ", so the token could be read on its way; use https, or set " + ALLOW_HTTP
                    + "=true if nobody else is in that network");
        }
        return new ServerSettings(address, token);
    }

    /**
     * The service that the settings name, if they name one.
     *
     * @throws SettingsException as {@link #at} does, or if its address is not legal
     */
    public static Optional<ServerSettings> from(Settings settings) {
        return settings.webAddress(SERVER).map(address -> at(address, settings));
    }

    private static Optional<String> token(Settings settings) {
        Optional<String> token = settings.secretOrFile(TOKEN).map(String::strip);
        if (token.filter(text -> !LEGAL_TOKEN.matcher(text).matches()).isPresent()) {
            throw new SettingsException(TOKEN + " or the file that " + TOKEN
                    + "_FILE names is no token: a token is one line of ASCII characters without spaces");
        }
        return token;
    }

    /** Where the service is, without a slash at the end. */
    URI address() {
        return address;
    }

    /** What lets a command in; empty for a service that asks for nothing. */
    Optional<String> token() {
        return token;
    }
}
