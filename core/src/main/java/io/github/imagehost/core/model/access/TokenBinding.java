package io.github.imagehost.core.model.access;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * From where a token may be used.
 *
 * @param origins whose pages may use it, at most {@value #MOST}; empty if programs may, too, and pages of any origin
 * @param networks of which a client has to be, at most {@value #MOST}; empty if it may be anywhere
 */
public record TokenBinding(Set<Origin> origins, Set<Network> networks) {

    /** How many origins, and how many networks, one token may have. */
    public static final int MOST = 16;

    /** From anywhere. */
    public static final TokenBinding NONE = new TokenBinding(Set.of(), Set.of());

    public TokenBinding {
        origins = Set.copyOf(origins);
        networks = Set.copyOf(networks);
        if (origins.size() > MOST || networks.size() > MOST) {
            throw new IllegalArgumentException("A token has at most " + MOST + " origins and " + MOST + " networks");
        }
    }

    /**
     * Whether requests from pages of this origin are allowed.
     *
     * @param origin as a browser sends it; empty if it sent none, or if it is no browser
     */
    public boolean allowsOrigin(Optional<String> origin) {
        return origins.isEmpty()
                || origin.filter(sent ->
                                origins.stream().anyMatch(own -> own.value().equals(sent)))
                        .isPresent();
    }

    /**
     * Whether requests from this client are allowed.
     *
     * @param client its address
     */
    public boolean allowsAddress(InetAddress client) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(client));
    }

    /** The same, but that what this one says nothing of is as the other one says. */
    public TokenBinding orElse(TokenBinding other) {
        return new TokenBinding(
                origins.isEmpty() ? other.origins : origins, networks.isEmpty() ? other.networks : networks);
    }

    /** Whether the other one allows all that this one allows. */
    public boolean isWithin(TokenBinding other) {
        boolean originsAre = other.origins.isEmpty() || (!origins.isEmpty() && other.origins.containsAll(origins));
        boolean networksAre = other.networks.isEmpty()
                || (!networks.isEmpty()
                        && networks.stream()
                                .allMatch(own -> other.networks.stream().anyMatch(network -> network.contains(own))));
        return originsAre && networksAre;
    }
}
