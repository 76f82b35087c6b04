package io.github.imagehost.rest.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the provider publishes. They are fetched when they are needed and remembered for a while; a token that
 * names another key makes them be fetched again, though not for every token. While that can't be done, those that were
 * fetched last stay good for a while longer. Safe for use by many threads.
 *
 * <p>Nimbus' own sources would do that, too, but let any number wait for a provider that does not answer, and can't
 * tell a key that the provider does not have from one that was not asked for.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {

    /** For how long they are good without being fetched again. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /**
     * For how long they are good after that, for whoever can't get others now: neither many requests at once nor a
     * provider that is away for a moment keeps anybody out who has a good token.
     */
    static final Duration GRACE = Duration.ofMinutes(15);

    /** For how long they are taken for all keys that there are. */
    static final Duration RECENT = Duration.ofSeconds(30);

    private final Inquiries inquiries;
    private final Supplier<JWKSet> source;
    private final InstantSource clock;
    private volatile @Nullable Fetched latest;

    /** @param source fetches them, or fails with {@link IdentityProviderUnavailableException} */
    ProviderKeys(Inquiries inquiries, Supplier<JWKSet> source, InstantSource clock) {
        this.inquiries = inquiries;
        this.source = source;
        this.clock = clock;
    }

    private record Fetched(JWKSet keys, Instant time) {}

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            List<JWK> selected = selector.select(keys(LIFE));
            return selected.isEmpty() ? selector.select(keys(RECENT)) : selected;
        } catch (IdentityProviderUnavailableException e) {
            List<JWK> outdated = known(LIFE.plus(GRACE)).map(selector::select).orElse(List.of());
            if (outdated.isEmpty()) {
                throw new RemoteKeySourceException("The keys can't be fetched", e);
            }
            return outdated;
        }
    }

    private JWKSet keys(Duration life) {
        return known(life).orElseGet(() -> inquiries.ask(() -> known(life), this::fetch));
    }

    private Optional<JWKSet> known(Duration life) {
        return Optional.ofNullable(latest)
                .filter(fetched -> Inquiries.isWithin(life, fetched.time(), clock.instant()))
                .map(Fetched::keys);
    }

    private JWKSet fetch() {
        Instant before = clock.instant();
        JWKSet keys = source.get();
        latest = new Fetched(keys, before);
        return keys;
    }
}
