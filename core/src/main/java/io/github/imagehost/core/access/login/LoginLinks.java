package io.github.imagehost.core.access.login;

import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Makes login links. Whoever has one begins a session of its owner, once: with it an administrator lets somebody in who
 * has no password yet, or does not know it any more. Whether somebody may make one is not asked here. Every operation
 * may throw a {@link RepositoryException}. Safe for use by many threads.
 */
public final class LoginLinks {

    /** How long a link is good for: as long as it takes to pass it on. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final AccessRepository repository;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param repository stays open */
    public LoginLinks(AccessRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Makes a link for this owner.
     *
     * @return empty if there is no such owner
     * @throws GuestOwnerException if it is that of guests
     */
    public Optional<IssuedLink> issue(OwnerId owner) {
        repository.findOwner(owner).ifPresent(GuestOwnerException::throwIfGuest);
        return repository.findLogin(owner).map(this::issue);
    }

    private IssuedLink issue(OwnerLogin login) {
        LoginSecret secret = LoginSecret.generate(random);
        LoginLink link = new LoginLink(
                secret.digest(),
                login.owner(),
                login.epoch(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(LIFE));
        repository.addLink(link);
        return new IssuedLink(link, secret);
    }

    /**
     * Takes a link away, so that nobody uses it again.
     *
     * @return empty if the link is good for nothing, or not any more
     */
    Optional<LoginLink> take(String secret) {
        return LoginSecret.parse(secret)
                .flatMap(parsed -> repository.takeLink(parsed.digest()))
                .filter(link -> !link.isExpired(clock.instant()));
    }
}
