package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Knows which tokens an identity provider has made for this service. Safe for use by many threads. */
@FunctionalInterface
public interface IdentityTokenVerifier {

    /**
     * What a token says.
     *
     * @param identity of its bearer
     * @param scopes which of ours it names; none if it names none
     * @param expiresAt from when on it is good for nothing
     */
    record VerifiedToken(Identity identity, Set<Scope> scopes, Instant expiresAt) {

        public VerifiedToken {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * What this token says.
     *
     * @param token any text
     * @return empty if the provider did not make it, made it for somebody else or for another use, or if it is not good
     *     yet; but not if it is good no more
     * @throws IdentityProviderUnavailableException if that can't be found out at the moment
     */
    Optional<VerifiedToken> verify(String token);
}
