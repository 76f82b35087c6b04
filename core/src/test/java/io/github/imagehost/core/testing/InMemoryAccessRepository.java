package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An {@link AccessRepository} that passes its contract and forgets everything with the JVM. */
public final class InMemoryAccessRepository implements AccessRepository {

    private final InstantSource clock;
    private final TreeMap<Long, Owner> owners = new TreeMap<>();
    private final TreeMap<Long, AccessToken> tokens = new TreeMap<>();
    private final Map<Digest, Long> ids = new HashMap<>();
    private final Map<OwnerId, OwnerLogin> logins = new HashMap<>();
    private final Map<Digest, Session> sessions = new LinkedHashMap<>();
    private final Map<Digest, LoginLink> links = new HashMap<>();
    private final Map<Identity, OwnerId> identities = new HashMap<>();
    private final Map<LinkPurpose, SigningKey> keys = new EnumMap<>(LinkPurpose.class);
    private final TreeMap<Long, Invitation> invitations = new TreeMap<>();
    private final Map<Digest, Long> invitationIds = new HashMap<>();
    private final QuotaLedger quotas;

    /** @param clock says when owners were added */
    public InMemoryAccessRepository(InstantSource clock) {
        this(clock, new InMemoryMetadataRepository(Clock.systemUTC()));
    }

    /**
     * @param clock says when owners were added
     * @param quotas takes what owners may have
     */
    public InMemoryAccessRepository(InstantSource clock, QuotaLedger quotas) {
        this.clock = clock;
        this.quotas = quotas;
        addOwner(Owner.DEFAULT_NAME, Role.ADMIN);
    }

    @Override
    public synchronized Owner addOwner(OwnerName name, Role role) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return put(new Owner(nextId(), name, role, OwnerState.ACTIVE, now));
    }

    private OwnerId nextId() {
        return owners.isEmpty() ? OwnerId.DEFAULT : new OwnerId(owners.lastKey() + 1);
    }

    @Override
    public synchronized Owner addOwner(NewOwner owner) {
        Owner added = put(new Owner(nextId(), owner.name(), owner.role(), owner.state(), owner.createdAt()));
        quotas.setQuota(added.id(), owner.quota());
        return added;
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
    public synchronized SigningKey key(LinkPurpose purpose, SigningKey ifThereIsNone) {
        return keys.computeIfAbsent(purpose, absent -> ifThereIsNone);
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
    public synchronized Optional<Owner> findOwner(Identity identity) {
        return Optional.ofNullable(identities.get(identity)).flatMap(this::findOwner);
    }

    @Override
    public synchronized Optional<Owner> addOwner(OwnerName name, Identity identity) {
        if (identities.containsKey(identity)) {
            return Optional.empty();
        }
        Owner added = addOwner(name, Role.USER);
        giveIdentity(identity, added.id());
        return Optional.of(added);
    }

    @Override
    public synchronized void giveIdentity(Identity identity, OwnerId owner) {
        identities.put(identity, owner);
    }

    @Override
    public synchronized List<Owner> owners() {
        return List.copyOf(owners.values());
    }

    @Override
    public synchronized Optional<Owner> changeOwner(OwnerId id, Owner.Change change) {
        Optional<Owner> changed = findOwner(id)
                .map(owner -> put(new Owner(
                        id,
                        change.name().orElse(owner.name()),
                        change.role().orElse(owner.role()),
                        change.state().orElse(owner.state()),
                        owner.createdAt())));
        if (change.state().equals(Optional.of(OwnerState.SUSPENDED))) {
            endSessions(id);
        }
        return changed;
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
                token.binding(),
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
    public synchronized Optional<AccessToken> findToken(OwnerId owner, long id) {
        return Optional.ofNullable(tokens.get(id)).filter(token -> token.owner().equals(owner));
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
    public synchronized Set<Origin> boundOrigins(Instant now) {
        return tokens.values().stream()
                .filter(token -> !token.isRevoked() && !token.isExpired(now))
                .flatMap(token -> token.binding().origins().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<AccessToken> revokeToken(OwnerId owner, long id, Instant now) {
        return findToken(owner, id)
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
                token.binding(),
                token.createdAt(),
                token.expiresAt(),
                lastUsedAt,
                revokedAt);
        tokens.put(token.id(), changed);
        return changed;
    }

    @Override
    public synchronized Optional<OwnerLogin> findLogin(OwnerId owner) {
        return findOwner(owner).map(found -> logins.getOrDefault(owner, new OwnerLogin(owner, Optional.empty(), 0)));
    }

    @Override
    public synchronized Optional<OwnerLogin> findLogin(OwnerName name) {
        return findOwner(name).map(Owner::id).flatMap(this::findLogin);
    }

    @Override
    public synchronized Optional<OwnerLogin> changePassword(OwnerLogin seen, PasswordHash password) {
        return findLogin(seen.owner())
                .filter(login -> login.epoch() == seen.epoch())
                .map(login -> put(new OwnerLogin(seen.owner(), Optional.of(password), seen.epoch() + 1)));
    }

    @Override
    public synchronized void renewHash(OwnerLogin seen, PasswordHash password) {
        findLogin(seen.owner())
                .filter(login -> login.password().equals(seen.password()))
                .ifPresent(login -> put(new OwnerLogin(seen.owner(), Optional.of(password), login.epoch())));
    }

    @Override
    public synchronized void endSessions(OwnerId owner) {
        findLogin(owner).ifPresent(login -> put(new OwnerLogin(owner, login.password(), login.epoch() + 1)));
    }

    private OwnerLogin put(OwnerLogin login) {
        logins.put(login.owner(), login);
        return login;
    }

    private boolean isCurrent(OwnerId owner, long epoch) {
        return findLogin(owner).filter(login -> login.epoch() == epoch).isPresent();
    }

    @Override
    public synchronized void addSession(Session session) {
        sessions.put(session.secret(), session);
    }

    @Override
    public synchronized Optional<Session> findSession(Digest secret) {
        return Optional.ofNullable(sessions.get(secret)).filter(session -> isCurrent(session.owner(), session.epoch()));
    }

    @Override
    public synchronized List<Session> sessions(OwnerId owner) {
        return sessions.values().stream()
                .filter(session -> session.owner().equals(owner) && isCurrent(owner, session.epoch()))
                .sorted(Comparator.comparing(Session::createdAt))
                .toList();
    }

    @Override
    public synchronized void noteSeen(Digest secret, Instant seenAt, Instant expiresAt) {
        sessions.computeIfPresent(
                secret,
                (key, session) -> session.seenAt().isBefore(seenAt)
                        ? new Session(
                                secret,
                                session.owner(),
                                session.epoch(),
                                session.start(),
                                session.token(),
                                session.createdAt(),
                                seenAt,
                                expiresAt)
                        : session);
    }

    @Override
    public synchronized void endSession(Digest secret) {
        sessions.remove(secret);
    }

    @Override
    public synchronized void addLink(LoginLink link) {
        links.put(link.secret(), link);
    }

    @Override
    public synchronized Optional<LoginLink> takeLink(Digest secret) {
        return Optional.ofNullable(links.remove(secret)).filter(link -> isCurrent(link.owner(), link.epoch()));
    }

    @Override
    public synchronized Invitation addInvitation(NewInvitation invitation) {
        long id = invitations.isEmpty() ? 1 : invitations.lastKey() + 1;
        invitationIds.put(invitation.secret(), id);
        return put(new Invitation(
                id,
                invitation.uses(),
                invitation.uses(),
                invitation.quota(),
                invitation.createdAt(),
                invitation.expiresAt(),
                Optional.empty()));
    }

    private Invitation put(Invitation invitation) {
        invitations.put(invitation.id(), invitation);
        return invitation;
    }

    @Override
    public synchronized Optional<Invitation> findInvitation(Digest secret) {
        return Optional.ofNullable(invitationIds.get(secret)).map(invitations::get);
    }

    @Override
    public synchronized List<Invitation> invitations() {
        return List.copyOf(invitations.values());
    }

    @Override
    public synchronized Optional<Invitation> revokeInvitation(long id, Instant now) {
        return Optional.ofNullable(invitations.get(id))
                .map(found -> change(found, found.usesLeft(), found.revokedAt().or(() -> Optional.of(now))));
    }

    private Invitation change(Invitation invitation, int usesLeft, Optional<Instant> revokedAt) {
        return put(new Invitation(
                invitation.id(),
                invitation.uses(),
                usesLeft,
                invitation.quota(),
                invitation.createdAt(),
                invitation.expiresAt(),
                revokedAt));
    }

    @Override
    public synchronized Optional<OwnerLogin> acceptInvitation(
            Digest secret, OwnerName name, PasswordHash password, Instant now) {
        return findInvitation(secret)
                .filter(invitation -> invitation.isUsable(now))
                .map(invitation -> {
                    OwnerId owner = addOwner(name, Role.USER).id();
                    change(invitation, invitation.usesLeft() - 1, invitation.revokedAt());
                    quotas.setQuota(owner, invitation.quota());
                    return put(new OwnerLogin(owner, Optional.of(password), 0));
                });
    }

    @Override
    public synchronized int removeExpired(Instant now, int most) {
        return remove(sessions, session -> session.isExpired(now), most)
                + remove(links, link -> link.isExpired(now), most);
    }

    private static <T> int remove(Map<Digest, T> all, Predicate<T> isToGo, int most) {
        List<Digest> gone = all.entrySet().stream()
                .filter(entry -> isToGo.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
        all.keySet().removeAll(gone);
        return gone.size();
    }
}
