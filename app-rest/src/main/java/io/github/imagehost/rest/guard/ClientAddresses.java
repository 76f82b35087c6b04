package io.github.imagehost.rest.guard;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.net.InetAddresses;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.util.NetMask;
import org.springframework.stereotype.Component;

/**
 * Finds out who a client is. What a client says of itself in {@code X-Forwarded-For} counts only where a trusted proxy
 * wrote it.
 */
@Component
public class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final int IPV6_NETWORK_BYTES = 8;

    private final List<NetMask> trustedProxies;

    ClientAddresses(ServiceSettings settings) {
        this.trustedProxies = settings.trustedProxies();
    }

    /**
     * What stands for the client of this request: its IPv4 address, or the /64 network that an IPv6 client has to
     * itself.
     */
    public String clientOf(HttpServletRequest request) {
        InetAddress client = InetAddresses.forString(request.getRemoteAddr());
        for (String hop : forwardedFor(request)) {
            if (!isTrusted(client) || !isAddress(hop)) {
                break;
            }
            client = InetAddresses.forString(hop);
        }
        return nameOf(client);
    }

    /** The nearest hop first. */
    private static List<String> forwardedFor(HttpServletRequest request) {
        Iterable<String> headers = Collections.list(request.getHeaders(FORWARDED_FOR));
        return Lists.reverse(
                List.copyOf(Lists.newArrayList(Iterables.concat(Iterables.transform(headers, LIST::split)))));
    }

    private static boolean isAddress(String text) {
        // the scope of a link-local address means something on one machine only
        return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text);
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(proxy -> proxy.matches(address));
    }

    private static String nameOf(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), 16);
            return InetAddresses.toAddrString(InetAddresses.fromIPv6BigInteger(new java.math.BigInteger(1, network)));
        }
        return InetAddresses.toAddrString(address);
    }
}
