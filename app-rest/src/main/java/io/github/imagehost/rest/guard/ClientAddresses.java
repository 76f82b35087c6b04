package io.github.imagehost.rest.guard;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.github.imagehost.core.access.source.RequestSource;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds out who a client is. What a client says of itself in {@code X-Forwarded-For} counts only where a trusted proxy
 * wrote it.
 */
@Component
public class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final String UNKNOWN = "unknown";
    private static final int IPV6_NETWORK_BYTES = 8;

    /** Means something on this machine only. */
    private static final Pattern ZONE = Pattern.compile("%.*");

    private final List<Network> trustedProxies;

    ClientAddresses(ServiceSettings settings) {
        this.trustedProxies = settings.trustedProxies();
    }

    /**
     * What stands for the client of this request: its IPv4 address, or the /64 network that an IPv6 client has to
     * itself; {@code unknown} if nobody tells which one it is.
     */
    public String clientOf(HttpServletRequest request) {
        return find(request).map(ClientAddresses::nameOf).orElse(UNKNOWN);
    }

    /**
     * The address of the client of this request; an IPv4 address also if it was written as an IPv6 address. Empty if
     * trusted proxies don't tell it: such a client is not taken for the proxy, which may be allowed more.
     */
    Optional<InetAddress> find(HttpServletRequest request) {
        InetAddress client =
                InetAddresses.forString(ZONE.matcher(request.getRemoteAddr()).replaceFirst(""));
        for (String hop : forwardedFor(request)) {
            if (!isTrusted(client)) {
                break;
            }
            Optional<InetAddress> address = parse(hop);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            client = address.get();
        }
        return Optional.of(client);
    }

    /** From where this request comes, which was let past {@link AddressFilter}. */
    public RequestSource sourceOf(HttpServletRequest request) {
        return new RequestSource(
                Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)),
                find(request).orElseThrow());
    }

    /** The nearest hop first. */
    private static List<String> forwardedFor(HttpServletRequest request) {
        Iterable<String> headers = Collections.list(request.getHeaders(FORWARDED_FOR));
        return Lists.reverse(
                List.copyOf(Lists.newArrayList(Iterables.concat(Iterables.transform(headers, LIST::split)))));
    }

    /** Some proxies add a port, and brackets around an IPv6 address. */
    private static Optional<InetAddress> parse(String hop) {
        try {
            String address = HostAndPort.fromString(hop).getHost();
            // the scope of a link-local address means something on one machine only
            return address.indexOf('%') < 0 ? Optional.of(InetAddresses.forString(address)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static String nameOf(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), 16);
            return InetAddresses.toAddrString(InetAddresses.fromIPv6BigInteger(new java.math.BigInteger(1, network)));
        }
        return InetAddresses.toAddrString(address);
    }
}
