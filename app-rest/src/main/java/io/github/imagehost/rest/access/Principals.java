package io.github.imagehost.rest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.access.credential.IdentityTokens;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows for whom credentials stand and who acts in which session, and remembers it for a while: what another process
 * revokes or ends is good for as long here. That something stands for nobody is never remembered. Safe for use by many
 * threads.
 */
@Component
public final class Principals {

    private static final int MOST = 10_000;

    /** All guests are one. */
    private static final Digest GUEST = TokenSecret.digest("");

    private final ObjectProvider<Authenticator> authenticator;
    private final ObjectProvider<IdentityTokens> identityTokens;
    private final ObjectProvider<Sessions> sessions;
    private final ObjectProvider<Guests> guests;
    private final InstantSource clock;

    /** Apart from each other, since what is good in one place is nothing in the other. */
    private final Cache<Digest, Principal> ofCredentials;

    private final Cache<Digest, Principal> ofSessions;

    private final Cache<Digest, Principal> ofGuests;

    /** How often something was forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    /**
     * @param authenticator is asked for when it is needed: filters are there before the database is
     * @param identityTokens likewise; there are none unless an identity provider makes them
     * @param sessions likewise
     * @param guests likewise
     */
    Principals(
            ObjectProvider<Authenticator> authenticator,
            ObjectProvider<IdentityTokens> identityTokens,
            ObjectProvider<Sessions> sessions,
            ObjectProvider<Guests> guests,
            InstantSource clock,
            ServiceSettings settings) {
        this.authenticator = authenticator;
        this.identityTokens = identityTokens;
        this.sessions = sessions;
        this.guests = guests;
        this.clock = clock;
        this.ofCredentials = newCache(settings.metadataAge());
        this.ofSessions = newCache(settings.metadataAge());
        this.ofGuests = newCache(settings.metadataAge());
    }

    private static Cache<Digest, Principal> newCache(Duration age) {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(age).build();
    }

    /** For whom this credential stands, as far as that is remembered. */
    public Optional<Principal> remembered(String credential) {
        return remembered(ofCredentials, TokenSecret.digest(credential));
    }

    private Optional<Principal> remembered(Cache<Digest, Principal> cache, Digest secret) {
        return Optional.ofNullable(cache.getIfPresent(secret))
                .filter(principal -> !principal.isExpired(clock.instant()));
    }

    /**
     * For whom this credential stands, which is asked and remembered.
     *
     * @throws CredentialRefusedException if it stands for nobody, or not any more
     * @throws RepositoryException if it can't be found out
     * @throws IdentityProviderUnavailableException likewise
     */
    public Principal ask(String credential) {
        return ask(ofCredentials, TokenSecret.digest(credential), () -> authenticate(credential));
    }

    private Principal authenticate(String credential) {
        IdentityTokens ofProvider = IdentityTokens.isLike(credential) ? identityTokens.getIfAvailable() : null;
        return ofProvider == null
                ? authenticator.getObject().authenticate(credential)
                : ofProvider.authenticate(credential);
    }

    /**
     * Who acts in a session, which is asked unless it is remembered.
     *
     * @param secret any text
     * @throws CredentialRefusedException if there is no such session, or not any more
     * @throws RepositoryException if it can't be found out
     */
    public Principal ofSession(String secret) {
        Digest digest = TokenSecret.digest(secret);
        return remembered(ofSessions, digest)
                .orElseGet(
                        () -> ask(ofSessions, digest, () -> sessions.getObject().authenticate(secret)));
    }

    /**
     * As whom somebody acts who brings no credential, which is asked unless it is remembered.
     *
     * @throws CredentialRefusedException if the owner of what guests upload is suspended
     * @throws RepositoryException if it can't be found out
     */
    public Principal ofGuest() {
        return remembered(ofGuests, GUEST)
                .orElseGet(() -> ask(ofGuests, GUEST, () -> guests.getObject().principal()));
    }

    /** Whoever forgets something while it is asked for must not find it remembered afterwards. */
    private Principal ask(Cache<Digest, Principal> cache, Digest secret, Supplier<Principal> question) {
        long before = forgotten.get();
        Principal principal = question.get();
        cache.put(secret, principal);
        if (forgotten.get() != before) {
            cache.invalidate(secret);
        }
        return principal;
    }

    /** From now on all tokens and sessions of this owner are asked for again. */
    public void forget(OwnerId owner) {
        forget(principal -> principal.owner().equals(owner));
    }

    /** From now on this token, and all sessions that it began, are asked for again. */
    public void forget(AccessToken token) {
        forget(principal -> principal
                .token()
                .filter(remembered -> remembered.id() == token.id())
                .isPresent());
    }

    private void forget(Predicate<Principal> isMeant) {
        forgotten.incrementAndGet();
        for (Cache<Digest, Principal> cache : List.of(ofCredentials, ofSessions, ofGuests)) {
            cache.asMap().values().removeIf(isMeant);
        }
    }

    /** From now on this session is asked for again. */
    public void forgetSession(String secret) {
        forgotten.incrementAndGet();
        ofSessions.invalidate(TokenSecret.digest(secret));
    }
}
