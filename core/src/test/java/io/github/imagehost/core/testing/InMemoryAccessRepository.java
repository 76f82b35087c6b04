package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.NewToken;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An {@link AccessRepository} that passes its contract and forgets everything with the JVM. */
public final class InMemoryAccessRepository implements AccessRepository {

    private final InstantSource clock;
    private final TreeMap<Long, Owner> owners = new TreeMap<>();
    private final TreeMap<Long, AccessToken> tokens = new TreeMap<>();
    private final Map<Digest, Long> ids = new HashMap<>();

    /** @param clock says when owners were added */
    public InMemoryAccessRepository(InstantSource clock) {
        this.clock = clock;
        addOwner(Owner.DEFAULT_NAME, Role.ADMIN);
    }

    @Override
    public synchronized Owner addOwner(OwnerName name, Role role) {
        long id = owners.isEmpty() ? OwnerId.DEFAULT.value() : owners.lastKey() + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return put(new Owner(new OwnerId(id), name, role, OwnerState.ACTIVE, now));
    }

    private Owner put(Owner owner) {
        if (findOwner(owner.name())
                .filter(other -> !other.id().equals(owner.id()))
                .isPresent()) {
            throw new NameTakenException(owner.name());
        }
        owners.put(owner.id().value(), owner);
        return owner;
    }

    @Override
    public synchronized Optional<Owner> findOwner(OwnerId id) {
        return Optional.ofNullable(owners.get(id.value()));
    }

    @Override
    public synchronized Optional<Owner> findOwner(OwnerName name) {
        return owners.values().stream()
                .filter(owner -> owner.name().equals(name))
                .findFirst();
    }

    @Override
    public synchronized List<Owner> owners() {
        return List.copyOf(owners.values());
    }

    @Override
    public synchronized Optional<Owner> changeOwner(OwnerId id, OwnerName name, Role role, OwnerState state) {
        return findOwner(id).map(owner -> put(new Owner(id, name, role, state, owner.createdAt())));
    }

    @Override
    public synchronized AccessToken addToken(NewToken token) {
        long id = tokens.isEmpty() ? 1 : tokens.lastKey() + 1;
        AccessToken added = new AccessToken(
                id,
                token.owner(),
                token.name(),
                token.hint(),
                token.scopes(),
                token.createdAt(),
                token.expiresAt(),
                Optional.empty(),
                Optional.empty());
        tokens.put(id, added);
        ids.put(token.secret(), id);
        return added;
    }

    @Override
    public synchronized Optional<AccessToken> findToken(Digest secret) {
        return Optional.ofNullable(ids.get(secret)).map(tokens::get);
    }

    @Override
    public synchronized List<AccessToken> tokens(OwnerId owner) {
        return tokens.values().stream()
                .filter(token -> token.owner().equals(owner))
                .toList();
    }

    @Override
    public synchronized boolean hasUsableToken(Instant now) {
        return tokens.values().stream().anyMatch(token -> !token.isRevoked() && !token.isExpired(now));
    }

    @Override
    public synchronized Optional<AccessToken> revokeToken(OwnerId owner, long id, Instant now) {
        return Optional.ofNullable(tokens.get(id))
                .filter(token -> token.owner().equals(owner))
                .map(token ->
                        change(token, token.lastUsedAt(), token.revokedAt().or(() -> Optional.of(now))));
    }

    @Override
    public synchronized void noteUse(long id, Instant now) {
        Optional.ofNullable(tokens.get(id))
                .filter(token ->
                        token.lastUsedAt().isEmpty() || token.lastUsedAt().get().isBefore(now))
                .ifPresent(token -> change(token, Optional.of(now), token.revokedAt()));
    }

    private AccessToken change(AccessToken token, Optional<Instant> lastUsedAt, Optional<Instant> revokedAt) {
        AccessToken changed = new AccessToken(
                token.id(),
                token.owner(),
                token.name(),
                token.hint(),
                token.scopes(),
                token.createdAt(),
                token.expiresAt(),
                lastUsedAt,
                revokedAt);
        tokens.put(token.id(), changed);
        return changed;
    }
}
