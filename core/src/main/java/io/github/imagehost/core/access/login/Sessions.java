package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.access.credential.LastUse;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows who acts in a session, and ends sessions. Every operation may throw a {@link RepositoryException}. Safe for use
 * by many threads.
 */
public final class Sessions {

    /** How long a session goes on that nobody uses. */
    public static final Duration IDLE_LIFE = Duration.ofDays(30);

    /** How many rows one statement removes, so that it holds no locks for long. */
    private static final int REMOVED_AT_ONCE = 1000;

    private final AccessRepository repository;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param repository stays open */
    public Sessions(AccessRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @param epoch of the owner when that was allowed: if it is another one by now, the session is over
     * @param token that allowed it, and limits the session; empty if that stands for the owner in person
     * @throws CredentialRefusedException if the owner is not active
     */
    StartedSession start(OwnerId ownerId, long epoch, SessionStart start, Optional<AccessToken> token) {
        // read after the epoch: who is suspended meanwhile gets another one
        Owner owner = activeOwner(ownerId);
        LoginSecret secret = LoginSecret.generate(random);
        Instant now = now();
        Session session = new Session(
                secret.digest(),
                owner.id(),
                epoch,
                start,
                token.map(AccessToken::id),
                now,
                now,
                endOfUnused(now, token));
        repository.addSession(session);
        return new StartedSession(session, secret, principal(session, owner, token));
    }

    private static Instant endOfUnused(Instant now, Optional<AccessToken> token) {
        return Stream.concat(Stream.of(now.plus(IDLE_LIFE)), token.flatMap(AccessToken::expiresAt).stream())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Principal principal(Session session, Owner owner, Optional<AccessToken> token) {
        Set<Scope> scopes = token.map(AccessToken::scopes).orElseGet(() -> EnumSet.allOf(Scope.class));
        return new Principal(
                owner.id(), owner.role(), scopes, token, Optional.of(session), Optional.of(session.expiresAt()));
    }

    /**
     * Who acts in a session now. Asks the repository each time, and remembers nothing.
     *
     * @param secret any text
     * @throws CredentialRefusedException if there is no such session, or not any more
     */
    public Principal authenticate(String secret) {
        Instant now = now();
        Session session = LoginSecret.parse(secret)
                .flatMap(parsed -> repository.findSession(parsed.digest()))
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        if (session.isExpired(now)) {
            throw new CredentialRefusedException(Reason.EXPIRED);
        }
        Optional<AccessToken> token = session.token().map(id -> usableToken(session.owner(), id));
        Owner owner = activeOwner(session.owner());
        LastUse.note(session.seenAt(), now, () -> repository.noteSeen(session.secret(), now, endOfUnused(now, token)));
        return principal(session, owner, token);
    }

    private AccessToken usableToken(OwnerId owner, long id) {
        return repository
                .findToken(owner, id)
                .filter(isUsable(now()))
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
    }

    private static Predicate<AccessToken> isUsable(Instant now) {
        return token -> !token.isRevoked() && !token.isExpired(now);
    }

    private Owner activeOwner(OwnerId id) {
        return repository
                .findOwner(id)
                .filter(Owner::isActive)
                .orElseThrow(() -> new CredentialRefusedException(Reason.OWNER_SUSPENDED));
    }

    /** The sessions of this owner that go on, in the order in which they began. */
    public List<Session> list(OwnerId owner) {
        Instant now = now();
        Set<Long> tokens = repository.tokens(owner).stream()
                .filter(isUsable(now))
                .map(AccessToken::id)
                .collect(Collectors.toSet());
        return repository.sessions(owner).stream()
                .filter(session -> !session.isExpired(now))
                .filter(session -> session.token().map(tokens::contains).orElse(true))
                .toList();
    }

    /**
     * Ends a session. May be repeated.
     *
     * @param secret that its browser sends; of any other text nothing comes
     */
    public void end(String secret) {
        LoginSecret.parse(secret).ifPresent(parsed -> repository.endSession(parsed.digest()));
    }

    /** Ends all sessions of this owner, and makes its login links good for nothing. May be repeated. */
    public void endAll(OwnerId owner) {
        repository.endSessions(owner);
    }

    /**
     * Removes sessions and login links that have expired. May be repeated.
     *
     * @return how many they were
     */
    public int sweep() {
        Instant now = now();
        int all = 0;
        int removed;
        do {
            removed = repository.removeExpired(now, REMOVED_AT_ONCE);
            all += removed;
        } while (removed >= REMOVED_AT_ONCE);
        return all;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
