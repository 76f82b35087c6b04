package io.github.imagehost.rest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.imagehost.core.access.Authenticator;
import io.github.imagehost.core.access.CredentialRefusedException;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.core.access.TokenSecret;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows for whom credentials stand, and remembers it for a while: what another process revokes is good for as long
 * here. That a credential stands for nobody is never remembered. Safe for use by many threads.
 */
@Component
public final class Principals {

    private static final int MOST = 10_000;

    private final ObjectProvider<Authenticator> authenticator;
    private final InstantSource clock;
    private final Cache<Digest, Principal> known;

    /** @param authenticator is asked for when it is needed: filters are there before the database is */
    Principals(ObjectProvider<Authenticator> authenticator, InstantSource clock, ServiceSettings settings) {
        this.authenticator = authenticator;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(settings.metadataAge())
                .build();
    }

    /** For whom this credential stands, as far as that is remembered. */
    public Optional<Principal> remembered(String credential) {
        return Optional.ofNullable(known.getIfPresent(TokenSecret.digest(credential)))
                .filter(principal ->
                        principal.token().isEmpty() || !principal.token().get().isExpired(clock.instant()));
    }

    /**
     * For whom this credential stands, which is asked and remembered.
     *
     * @throws CredentialRefusedException if it stands for nobody, or not any more
     * @throws RepositoryException if it can't be found out
     */
    public Principal ask(String credential) {
        Principal principal = authenticator.getObject().authenticate(credential);
        known.put(TokenSecret.digest(credential), principal);
        return principal;
    }

    /** From now on all tokens of this owner are asked for again. */
    public void forget(OwnerId owner) {
        known.asMap().values().removeIf(principal -> principal.owner().equals(owner));
    }

    /** From now on this token is asked for again. */
    public void forget(AccessToken token) {
        known.asMap()
                .values()
                .removeIf(principal -> principal
                        .token()
                        .filter(remembered -> remembered.id() == token.id())
                        .isPresent());
    }
}
