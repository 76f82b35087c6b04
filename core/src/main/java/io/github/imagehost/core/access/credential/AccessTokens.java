package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes tokens and revokes them. Whether somebody may is not asked here. Every operation may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
public final class AccessTokens {

    private final AccessRepository repository;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param repository stays open */
    public AccessTokens(AccessRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @throws IllegalArgumentException if there is no such owner
     * @throws GuestOwnerException if it is that of guests
     */
    public IssuedToken issue(TokenRequest request) {
        return issue(request, Optional.empty());
    }

    /**
     * Makes a token for whoever asks for it. It is good for nothing that the asking credential is not good for, from
     * nowhere else, and for no longer: a life that would end later ends with that of the credential, and it is bound to
     * the same origins or networks if it is said to be bound to none.
     *
     * @throws IllegalArgumentException if it is for another owner, if the credential lacks one of its scopes, or if it
     *     would be good from where the credential is not
     */
    public IssuedToken issueFor(Principal sender, TokenRequest request) {
        TokenBinding outer = sender.binding();
        TokenRequest bound = request.within(outer);
        if (!bound.owner().equals(sender.owner())
                || !bound.scopes().stream().allMatch(sender::may)
                || !bound.binding().isWithin(outer)) {
            throw new IllegalArgumentException("Nobody gives away more than he has");
        }
        return issue(bound, sender.token().flatMap(AccessToken::expiresAt));
    }

    private IssuedToken issue(TokenRequest request, Optional<Instant> latest) {
        Owner owner = repository
                .findOwner(request.owner())
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no owner " + request.owner().value()));
        GuestOwnerException.throwIfGuest(owner);
        TokenSecret secret = TokenSecret.generate(random);
        Instant now = now();
        AccessToken token = repository.addToken(new NewToken(
                request.owner(),
                request.name(),
                secret.hint(),
                secret.digest(),
                request.scopes(),
                request.binding(),
                now,
                Stream.concat(request.life().map(now::plus).stream(), latest.stream())
                        .min(Comparator.naturalOrder())));
        return new IssuedToken(token, secret);
    }

    /**
     * All tokens of this owner, in the order in which they were made; those that are good for nothing any more, too.
     */
    public List<AccessToken> list(OwnerId owner) {
        return repository.tokens(owner);
    }

    /** Whether anybody has a token that is good for something. */
    public boolean hasUsable() {
        return repository.hasUsableToken(now());
    }

    /** The origins whose pages any token is bound to that is good for something. */
    public Set<Origin> boundOrigins() {
        return repository.boundOrigins(now());
    }

    /**
     * Makes a token of this owner good for nothing from now on. May be repeated.
     *
     * @return the token; empty if there is none with this id, or if it is another owner's
     */
    public Optional<AccessToken> revoke(OwnerId owner, long id) {
        return repository.revokeToken(owner, id, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
