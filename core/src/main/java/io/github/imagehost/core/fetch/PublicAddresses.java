package io.github.imagehost.core.fetch;

import io.github.imagehost.core.model.access.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are in the public internet. All that IANA has set aside for something else are not, whether or not
 * routers know it: see https://www.iana.org/assignments/iana-ipv4-special-registry and
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL = networks(
            // this host; private; shared by a provider's customers; loopback; link-local
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            // protocol assignments; documentation; relays of 6to4; private; benchmarks
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // multicast; reserved, with broadcast
            "224.0.0.0/4",
            "240.0.0.0/4",
            // in no registry: what tells each machine in Azure its secrets
            "168.63.129.16",
            // protocol assignments, with Teredo, benchmarks and ORCHID
            "2001::/23",
            // documentation; 6to4
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /** All of IPv6 that is given to anybody; what is mapped, local, or multicast lies elsewhere. */
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    /** An IPv4 address seen from IPv6 (RFC 6052), by which some networks reach all of IPv4. */
    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    private static final int START_OF_EMBEDDED = 12;

    private PublicAddresses() {}

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }

    static boolean contain(InetAddress address) {
        if (NAT64.contains(address)) {
            return contain(embedded(address));
        }
        return (address instanceof Inet4Address || GLOBAL_UNICAST.contains(address))
                && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, START_OF_EMBEDDED, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 bytes", e);
        }
    }
}
