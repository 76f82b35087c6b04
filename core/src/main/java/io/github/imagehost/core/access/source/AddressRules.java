package io.github.imagehost.core.access.source;

import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * From which addresses a service may be used.
 *
 * @param allowed only from these, but for looking at pictures; empty if that does not matter
 * @param blocked from these for nothing at all, even if they are allowed, too
 */
public record AddressRules(List<Network> allowed, List<Network> blocked) {

    public AddressRules {
        allowed = List.copyOf(allowed);
        blocked = List.copyOf(blocked);
    }

    /**
     * Reads {@code ALLOW_FROM} and {@code BLOCK_FROM}.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static AddressRules from(Settings settings) {
        return new AddressRules(networks(settings, "ALLOW_FROM"), networks(settings, "BLOCK_FROM"));
    }

    /**
     * The networks that a setting names, separated by commas.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static List<Network> networks(Settings settings, String name) {
        List<Network> networks = new ArrayList<>();
        for (String text : settings.list(name)) {
            try {
                networks.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(name + " names '" + text + "', but legal are " + Network.RULE, e);
            }
        }
        return List.copyOf(networks);
    }

    /** Whether this address may look at pictures. */
    public boolean allowPictures(InetAddress client) {
        return blocked.stream().noneMatch(network -> network.contains(client));
    }

    /** Whether this address may do everything else, as far as it is allowed to whoever it is. */
    public boolean allow(InetAddress client) {
        return allowPictures(client)
                && (allowed.isEmpty() || allowed.stream().anyMatch(network -> network.contains(client)));
    }
}
