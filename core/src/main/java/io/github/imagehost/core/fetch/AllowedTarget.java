package io.github.imagehost.core.fetch;

import com.google.common.base.Ascii;
import io.github.imagehost.core.model.access.Network;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked though it is not in the public internet, or at another port.
 *
 * @param name the host's; empty if its address counts
 * @param network in which the address is; empty if the name counts
 * @param port empty for 80 and 443
 */
record AllowedTarget(Optional<String> name, Optional<Network> network, OptionalInt port) {

    /** What is legal, for messages. */
    static final String RULE =
            "networks and names of hosts, with a port or without, such as 10.0.0.0/8, 10.0.0.7:8080, [fd00::/8]:8080"
                    + " or nas.example.com:8080";

    private static final String TARGET = "target";
    private static final String PORT = "(?::(?<port>[1-9][0-9]{0,4}))?";
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[(?<target>[^\\[\\]]*)]" + PORT);
    private static final Pattern WITH_ONE_COLON = Pattern.compile("(?<target>[^:\\[\\]]*)" + PORT);
    private static final Pattern LIKE_A_NETWORK = Pattern.compile("[0-9./]+");
    private static final int LARGEST_PORT = 65535;

    /**
     * The target that is written so.
     *
     * @throws IllegalArgumentException if none is
     */
    static AllowedTarget parse(String text) {
        Matcher inBrackets = IN_BRACKETS.matcher(text);
        if (inBrackets.matches()) {
            return new AllowedTarget(Optional.empty(), network(inBrackets), port(inBrackets));
        }
        Matcher parts = WITH_ONE_COLON.matcher(text);
        if (!parts.matches()) {
            return new AllowedTarget(Optional.empty(), Optional.of(Network.parse(text)), OptionalInt.empty());
        }
        return LIKE_A_NETWORK.matcher(parts.group(TARGET)).matches()
                ? new AllowedTarget(Optional.empty(), network(parts), port(parts))
                : new AllowedTarget(Optional.of(name(parts.group(TARGET))), Optional.empty(), port(parts));
    }

    private static Optional<Network> network(Matcher parts) {
        return Optional.of(Network.parse(parts.group(TARGET)));
    }

    private static String name(String text) {
        String name = Ascii.toLowerCase(text);
        if (!HostNames.areLegal(name)) {
            throw new IllegalArgumentException("'" + text + "' is no name of a host");
        }
        return name;
    }

    private static OptionalInt port(Matcher parts) {
        @Nullable String text = parts.group("port");
        if (text == null) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(text);
        if (port > LARGEST_PORT) {
            throw new IllegalArgumentException("There is no port " + text);
        }
        return OptionalInt.of(port);
    }

    boolean hasPort(int other) {
        return port.isPresent() ? port.getAsInt() == other : FetchRules.USUAL_PORTS.contains(other);
    }

    boolean contains(WebAddress address, InetAddress resolved) {
        return hasPort(address.port())
                && (name.equals(Optional.of(address.host()))
                        || network.filter(known -> known.contains(resolved)).isPresent());
    }
}
