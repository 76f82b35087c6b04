package io.github.imagehost.core.port.web;

import java.net.InetAddress;
import java.util.List;

/**
 * What is to be fetched, and from where: whoever made this has looked at the addresses.
 *
 * @param isSecure whether by TLS, for which the host's name counts
 * @param host its name, or its address without brackets
 * @param addresses where the host is, the best first; at least one. No other is ever connected to
 * @param path with the query; begins with a slash and has no character that HTTP does not allow there
 */
public record WebTarget(boolean isSecure, String host, int port, List<InetAddress> addresses, String path) {

    public WebTarget {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || !path.startsWith("/")) {
            throw new IllegalArgumentException("A target has an address, and a path that begins with a slash");
        }
    }
}
