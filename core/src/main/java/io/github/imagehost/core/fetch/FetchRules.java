package io.github.imagehost.core.fetch;

import io.github.imagehost.core.fetch.FetchException.Reason;
import io.github.imagehost.core.port.web.WebTarget;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which addresses of the web may be asked: those in the public internet, at the usual ports, and what is allowed
 * besides. A name is looked up once, and what was found is what is connected to. Safe for use by many threads.
 */
final class FetchRules {

    static final Set<Integer> USUAL_PORTS = Set.of(80, 443);

    /** Each that does not answer takes its time. */
    private static final int MOST_ADDRESSES = 4;

    private final List<AllowedTarget> allowed;
    private final NameResolver resolver;

    FetchRules(List<AllowedTarget> allowed, NameResolver resolver) {
        this.allowed = List.copyOf(allowed);
        this.resolver = resolver;
    }

    /**
     * Where to connect to.
     *
     * @throws FetchException if any of the host's addresses may not be asked
     */
    WebTarget check(WebAddress address) throws FetchException {
        boolean isUsual = USUAL_PORTS.contains(address.port());
        if (!isUsual && allowed.stream().noneMatch(target -> target.hasPort(address.port()))) {
            throw new FetchException(Reason.PORT);
        }
        List<InetAddress> resolved = resolve(address);
        for (InetAddress one : resolved) {
            boolean isPublic = PublicAddresses.contain(one);
            if (!(isPublic && isUsual) && allowed.stream().noneMatch(target -> target.contains(address, one))) {
                throw new FetchException(isPublic ? Reason.PORT : Reason.ADDRESS);
            }
        }
        return new WebTarget(
                address.isSecure(),
                address.host(),
                address.port(),
                resolved.subList(0, Math.min(resolved.size(), MOST_ADDRESSES)),
                address.path());
    }

    private List<InetAddress> resolve(WebAddress address) throws FetchException {
        Optional<InetAddress> literal = address.literal();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        try {
            return resolver.resolve(address.host());
        } catch (UnknownHostException e) {
            // as if it were there and private: which names a private network has is nobody's business
            throw new FetchException(Reason.ADDRESS, e);
        }
    }
}
