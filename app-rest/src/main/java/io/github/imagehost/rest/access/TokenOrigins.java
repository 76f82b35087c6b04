package io.github.imagehost.rest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows whose pages may ask whether they may send a token: browsers ask without it. Remembers it for a while, so that
 * strangers who ask cost nothing. Safe for use by many threads.
 */
@Component
public final class TokenOrigins {

    private static final String ALL = "all";

    private final ObjectProvider<AccessTokens> tokens;
    private final Cache<String, Set<String>> origins;

    /** @param tokens are asked for when they are needed: filters are there before the database is */
    TokenOrigins(ObjectProvider<AccessTokens> tokens, ServiceSettings settings) {
        this.tokens = tokens;
        this.origins =
                Caffeine.newBuilder().expireAfterWrite(settings.metadataAge()).build();
    }

    /**
     * Whether any token that is good for something is bound to this origin.
     *
     * @param origin any text
     * @throws RepositoryException if it can't be found out
     */
    public boolean contain(String origin) {
        return origins.get(ALL, key -> read()).contains(origin);
    }

    private Set<String> read() {
        return tokens.getObject().boundOrigins().stream().map(Origin::value).collect(Collectors.toUnmodifiableSet());
    }

    /** From now on this process knows of a token that was just made or revoked. */
    public void forget() {
        origins.invalidate(ALL);
    }
}
