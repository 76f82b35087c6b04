package io.github.imagehost.core.access.login;

import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes and revokes invitations, with which people become owners by {@link Logins#withInvitation}. Whether somebody may
 * is not asked here. Every operation may throw a {@link RepositoryException}. Safe for use by many threads.
 */
public final class Invitations {

    private final AccessRepository repository;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param repository stays open */
    public Invitations(AccessRepository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Makes an invitation. */
    public IssuedInvitation issue(InvitationRequest request) {
        LoginSecret secret = LoginSecret.generate(random);
        Instant now = now();
        Invitation invitation = repository.addInvitation(
                new NewInvitation(secret.digest(), request.uses(), request.quota(), now, now.plus(request.life())));
        return new IssuedInvitation(invitation, secret);
    }

    /** All invitations, those that are good for nothing any more, too, in the order in which they were made. */
    public List<Invitation> list() {
        return repository.invitations();
    }

    /**
     * Makes an invitation good for nothing. Who has become an owner by it stays one. May be repeated.
     *
     * @return how it is from now on; empty if there is none with this id
     */
    public Optional<Invitation> revoke(long id) {
        return repository.revokeInvitation(id, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
