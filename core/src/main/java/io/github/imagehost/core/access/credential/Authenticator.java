package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds out for whom a credential stands. Asks the repository each time, and remembers nothing. Safe for use by many
 * threads.
 */
public final class Authenticator {

    private final AccessRepository repository;
    private final InstantSource clock;
    private final Optional<Digest> adminSecret;

    /**
     * @param repository stays open
     * @param adminSecret the SHA-256 of what stands for {@link OwnerId#DEFAULT} in person; empty if nothing does but
     *     tokens
     */
    public Authenticator(AccessRepository repository, InstantSource clock, Optional<Digest> adminSecret) {
        this.repository = repository;
        this.clock = clock;
        this.adminSecret = adminSecret;
    }

    /**
     * For whom this credential stands now.
     *
     * @param credential any text
     * @throws CredentialRefusedException if it stands for nobody, or not any more
     * @throws RepositoryException if it can't be read
     */
    public Principal authenticate(String credential) {
        // digests of secrets tell nothing of them by the time that it takes to compare them
        if (adminSecret.equals(Optional.of(TokenSecret.digest(credential)))) {
            return Principal.DEFAULT_OWNER;
        }
        AccessToken token = TokenSecret.parse(credential)
                .flatMap(secret -> repository.findToken(secret.digest()))
                .filter(found -> !found.isRevoked())
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (token.isExpired(now)) {
            throw new CredentialRefusedException(Reason.EXPIRED);
        }
        Owner owner = repository
                .findOwner(token.owner())
                .orElseThrow(() -> new RepositoryException("The owner of token " + token.id() + " is not there"));
        if (!owner.isActive()) {
            throw new CredentialRefusedException(Reason.OWNER_SUSPENDED);
        }
        LastUse.note(token.lastUsedAt().orElse(Instant.MIN), now, () -> repository.noteUse(token.id(), now));
        return Principal.bearer(owner, token);
    }
}
