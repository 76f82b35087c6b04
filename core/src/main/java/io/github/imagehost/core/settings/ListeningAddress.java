package io.github.imagehost.core.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads where a server listens. */
public final class ListeningAddress {

    private ListeningAddress() {}

    /**
     * The address in this setting; that of the loopback interface if it is absent.
     *
     * @throws SettingsException if it is none
     */
    public static InetAddress from(Settings settings, String name) {
        return settings.parse(
                        name,
                        "an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them",
                        ListeningAddress::parse)
                .orElse(InetAddress.getLoopbackAddress());
    }

    private static Optional<InetAddress> parse(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
