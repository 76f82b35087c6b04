package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.util.Optional;

/**
 * Knows for whom people act who bring no credential: all of them share one owner. Whether they may is not asked here.
 * Every operation may throw a {@link RepositoryException}. Safe for use by many threads.
 */
public final class Guests {

    private static final String NAME = "guest";

    private final AccessRepository repository;
    private volatile Optional<OwnerId> known = Optional.empty();

    /** @param repository stays open */
    public Guests(AccessRepository repository) {
        this.repository = repository;
    }

    /**
     * The owner of what guests upload. It is added when somebody asks for it for the first time, and is the only one
     * with the role {@link Role#GUEST}. Its name is {@code guest} unless somebody else has that already, and may be
     * changed.
     */
    public Owner owner() {
        Owner owner = known.flatMap(repository::findOwner).orElseGet(this::findOrAdd);
        known = Optional.of(owner.id());
        return owner;
    }

    private Owner findOrAdd() {
        for (int i = 1; ; i++) {
            Optional<Owner> found = repository.owners().stream()
                    .filter(owner -> owner.role() == Role.GUEST)
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            try {
                return repository.addOwner(new OwnerName(i == 1 ? NAME : NAME + i), Role.GUEST);
            } catch (NameTakenException e) {
                // by another process that did the same, or by somebody who is no guest: look once more
            }
        }
    }

    /**
     * As whom a guest acts now.
     *
     * @throws CredentialRefusedException if the owner of what they upload is suspended
     */
    public Principal principal() {
        Owner owner = owner();
        if (!owner.isActive()) {
            throw new CredentialRefusedException(Reason.OWNER_SUSPENDED);
        }
        return Principal.guest(owner);
    }
}
