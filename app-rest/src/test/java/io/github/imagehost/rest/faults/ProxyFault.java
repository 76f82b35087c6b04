package io.github.imagehost.rest.faults;

import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import java.io.IOException;
import java.util.function.Predicate;

/** Something that goes wrong on the way to a server, from a moment on. */
@FunctionalInterface
interface ProxyFault {

    void beginAt(FaultProxy proxy) throws IOException;

    /** Nobody can connect. */
    static ProxyFault refused() {
        return FaultProxy::refuseConnections;
    }

    /** The next of these requests go wrong, one after the other. */
    static ProxyFault next(Predicate<String> requests, Fault... faults) {
        return proxy -> proxy.next(requests, faults);
    }

    /** All of these requests go wrong. */
    static ProxyFault always(Predicate<String> requests, Fault fault) {
        return proxy -> proxy.always(requests, fault);
    }
}
