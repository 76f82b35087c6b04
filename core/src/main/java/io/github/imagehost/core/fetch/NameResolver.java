package io.github.imagehost.core.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. Safe for use by many threads. */
@FunctionalInterface
public interface NameResolver {

    /** What the operating system does. */
    NameResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * The addresses of a name, the best first.
     *
     * @throws UnknownHostException if there are none
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
