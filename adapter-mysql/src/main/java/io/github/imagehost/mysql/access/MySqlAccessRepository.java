package io.github.imagehost.mysql.access;

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
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.access.AccessRows;
import io.github.imagehost.mysql.row.access.NewOwnerRow;
import io.github.imagehost.mysql.transaction.DuplicateKeyException;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Owners, identities, tokens, sessions and invitations, as {@link AccessRepository} says. No row of owners, tokens or
 * invitations is ever deleted, so that no id is given twice.
 */
public final class MySqlAccessRepository implements AccessRepository {

    /** Of an owner who has not logged in yet. */
    private static final long FIRST_EPOCH = 0;

    private final Transactions transactions;

    public MySqlAccessRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Owner addOwner(OwnerName name, Role role) {
        return unlessTaken("add the owner " + name, name, Optional.empty(), on -> insert(on, name, role));
    }

    private static Owner insert(Statements on, OwnerName name, Role role) {
        GeneratedId generated = new GeneratedId();
        on.owners().insert(name.value(), role.name(), OwnerState.ACTIVE.name(), generated);
        return find(on, new OwnerId(generated.getId())).orElseThrow();
    }

    @Override
    public Owner addOwner(NewOwner owner) {
        return unlessTaken("add the owner " + owner.name(), owner.name(), Optional.empty(), on -> {
            GeneratedId generated = new GeneratedId();
            NewOwnerRow row = AccessRows.toNewOwnerRow(owner);
            on.owners().insertFrom(row, generated);
            if (!owner.quota().equals(Quota.NONE)) {
                on.owners().insertQuota(row, generated.getId());
            }
            return find(on, new OwnerId(generated.getId())).orElseThrow();
        });
    }

    @Override
    public Optional<Owner> findOwner(Identity identity) {
        return transactions.read(
                "find the owner with an identity",
                on -> on.owners().selectByIdentity(identity).map(AccessRows::toOwner));
    }

    @Override
    public Optional<Owner> addOwner(OwnerName name, Identity identity) {
        return unlessTaken("add the owner " + name, name, Optional.empty(), on -> {
            if (on.owners().selectByIdentity(identity).isPresent()) {
                return Optional.empty();
            }
            Owner owner = insert(on, name, Role.USER);
            on.owners().insertIdentity(identity, owner.id().value());
            return Optional.of(owner);
        });
    }

    @Override
    public void giveIdentity(Identity identity, OwnerId owner) {
        transactions.writeRepeatably(
                "give an identity to the owner " + owner.value(),
                on -> on.owners().insertOrUpdateIdentity(identity, owner.value()));
    }

    @Override
    public Optional<Owner> findOwner(OwnerId id) {
        return transactions.read("find the owner " + id.value(), on -> find(on, id));
    }

    @Override
    public Optional<Owner> findOwner(OwnerName name) {
        return transactions.read(
                "find the owner " + name,
                on -> on.owners().selectByName(name.value()).map(AccessRows::toOwner));
    }

    @Override
    public List<Owner> owners() {
        return transactions.read(
                "list owners",
                on -> on.owners().selectAll().stream().map(AccessRows::toOwner).toList());
    }

    @Override
    public Optional<Owner> changeOwner(OwnerId id, Owner.Change change) {
        String operation = "change the owner " + id.value();
        Function<Statements, Optional<Owner>> work = on -> {
            on.owners().update(id.value(), AccessRows.toChangeRow(change));
            if (change.state().equals(Optional.of(OwnerState.SUSPENDED))) {
                startEpoch(on, id);
            }
            return find(on, id);
        };
        return change.name().isPresent()
                ? unlessTaken(operation, change.name().get(), Optional.of(id), work)
                : transactions.write(operation, work);
    }

    private static Optional<Owner> find(Statements on, OwnerId id) {
        return on.owners().selectById(id.value()).map(AccessRows::toOwner);
    }

    /**
     * Writes, unless the key on names is in the way.
     *
     * @param self who may have the name
     */
    private <T> T unlessTaken(String operation, OwnerName name, Optional<OwnerId> self, Function<Statements, T> work) {
        return transactions.untilDecided(operation, () -> {
            try {
                return Optional.of(transactions.write(operation, work));
            } catch (DuplicateKeyException e) {
                Optional<OwnerId> holder = findOwner(name).map(Owner::id);
                if (holder.isPresent() && !holder.equals(self)) {
                    throw new NameTakenException(name);
                }
                throw e;
            }
        });
    }

    @Override
    public AccessToken addToken(NewToken token) {
        return transactions.write("add a token of the owner " + token.owner().value(), on -> {
            GeneratedId generated = new GeneratedId();
            on.tokens().insert(AccessRows.toNewTokenRow(token), generated);
            return AccessRows.toToken(generated.getId(), token);
        });
    }

    @Override
    public Optional<AccessToken> findToken(Digest secret) {
        return transactions.read(
                "find a token", on -> on.tokens().selectBySecret(secret).map(AccessRows::toToken));
    }

    @Override
    public Optional<AccessToken> findToken(OwnerId owner, long id) {
        return transactions.read(
                "find the token " + id,
                on -> on.tokens().selectById(owner.value(), id).map(AccessRows::toToken));
    }

    @Override
    public List<AccessToken> tokens(OwnerId owner) {
        return transactions.read(
                "list the tokens of the owner " + owner.value(),
                on -> on.tokens().selectOfOwner(owner.value()).stream()
                        .map(AccessRows::toToken)
                        .toList());
    }

    @Override
    public boolean hasUsableToken(Instant now) {
        return transactions.read("look for a usable token", on -> on.tokens().isAnyUsable(now));
    }

    @Override
    public Set<Origin> boundOrigins(Instant now) {
        return transactions.read(
                "find the origins of tokens",
                on -> on.tokens().selectBoundOrigins(now).stream()
                        .flatMap(column -> AccessRows.toOrigins(column).stream())
                        .collect(Collectors.toSet()));
    }

    @Override
    public Optional<AccessToken> revokeToken(OwnerId owner, long id, Instant now) {
        return transactions.writeRepeatably("revoke the token " + id, on -> {
            on.tokens().revoke(owner.value(), id, now);
            return on.tokens().selectById(owner.value(), id).map(AccessRows::toToken);
        });
    }

    @Override
    public void noteUse(long id, Instant now) {
        transactions.writeRepeatably(
                "note that the token " + id + " was used", on -> on.tokens().noteUse(id, now));
    }

    @Override
    public Optional<OwnerLogin> findLogin(OwnerId owner) {
        return transactions.read("find the login of the owner " + owner.value(), on -> find(on, owner.value()));
    }

    @Override
    public Optional<OwnerLogin> findLogin(OwnerName name) {
        return transactions.read(
                "find the login of the owner " + name,
                on -> on.logins().selectByName(name.value()).map(AccessRows::toLogin));
    }

    private static Optional<OwnerLogin> find(Statements on, long owner) {
        return on.logins().selectById(owner).map(AccessRows::toLogin);
    }

    @Override
    public Optional<OwnerLogin> changePassword(OwnerLogin seen, PasswordHash password) {
        long owner = seen.owner().value();
        return transactions.writeUnlessEmpty("change the password of the owner " + owner, on -> {
            on.logins().insert(owner);
            return on.logins().changePassword(owner, seen.epoch(), password.value()) == 0
                    ? Optional.empty()
                    : find(on, owner);
        });
    }

    @Override
    public void renewHash(OwnerLogin seen, PasswordHash password) {
        long owner = seen.owner().value();
        seen.password()
                .ifPresent(kept -> transactions.writeRepeatably(
                        "renew the hash of the owner " + owner,
                        on -> on.logins().renewHash(owner, kept.value(), password.value())));
    }

    @Override
    public void endSessions(OwnerId owner) {
        transactions.write("end the sessions of the owner " + owner.value(), on -> startEpoch(on, owner));
    }

    private static int startEpoch(Statements on, OwnerId owner) {
        on.logins().insert(owner.value());
        return on.logins().startEpoch(owner.value());
    }

    @Override
    public void addSession(Session session) {
        transactions.write(
                "add a session of the owner " + session.owner().value(),
                on -> on.sessions().insert(AccessRows.toRow(session)));
    }

    @Override
    public Optional<Session> findSession(Digest secret) {
        return transactions.read(
                "find a session", on -> on.sessions().selectBySecret(secret).map(AccessRows::toSession));
    }

    @Override
    public List<Session> sessions(OwnerId owner) {
        return transactions.read(
                "list the sessions of the owner " + owner.value(),
                on -> on.sessions().selectOfOwner(owner.value()).stream()
                        .map(AccessRows::toSession)
                        .toList());
    }

    @Override
    public void noteSeen(Digest secret, Instant seenAt, Instant expiresAt) {
        transactions.writeRepeatably(
                "note that a session was used", on -> on.sessions().noteSeen(secret, seenAt, expiresAt));
    }

    @Override
    public void endSession(Digest secret) {
        transactions.writeRepeatably("end a session", on -> on.sessions().delete(secret));
    }

    @Override
    public void addLink(LoginLink link) {
        transactions.write(
                "add a login link of the owner " + link.owner().value(),
                on -> on.logins().insertLink(AccessRows.toRow(link)));
    }

    @Override
    public Optional<LoginLink> takeLink(Digest secret) {
        return transactions.write(
                "take a login link",
                on -> on.logins()
                        .selectLink(secret)
                        // of those who have read the same one, only the first deletes it
                        .filter(link -> on.logins().deleteLink(secret) == 1)
                        .map(AccessRows::toLink));
    }

    @Override
    public SigningKey key(LinkPurpose purpose, SigningKey ifThereIsNone) {
        return transactions.write("read the key of links", on -> {
            // a row that is there keeps what it has
            on.update(
                    "INSERT INTO imagehost_key (purpose, secret, created_at) VALUES (?, ?, " + on.now()
                            + ") ON DUPLICATE KEY UPDATE purpose = purpose",
                    List.of(purpose.name(), ifThereIsNone.bytes()));
            return on.query(
                            "SELECT secret FROM imagehost_key WHERE purpose = ?",
                            List.of(purpose.name()),
                            row -> SigningKey.of(row.getBytes(1)))
                    .get(0);
        });
    }

    @Override
    public Invitation addInvitation(NewInvitation invitation) {
        return transactions.write("add an invitation", on -> {
            GeneratedId generated = new GeneratedId();
            on.invitations().insert(AccessRows.toNewInvitationRow(invitation), generated);
            return findInvitation(on, generated.getId()).orElseThrow();
        });
    }

    private static Optional<Invitation> findInvitation(Statements on, long id) {
        return on.invitations().selectById(id).map(AccessRows::toInvitation);
    }

    @Override
    public Optional<Invitation> findInvitation(Digest secret) {
        return transactions.read(
                "find an invitation",
                on -> on.invitations().selectBySecret(secret).map(AccessRows::toInvitation));
    }

    @Override
    public List<Invitation> invitations() {
        return transactions.read(
                "list invitations",
                on -> on.invitations().selectAll().stream()
                        .map(AccessRows::toInvitation)
                        .toList());
    }

    @Override
    public Optional<Invitation> revokeInvitation(long id, Instant now) {
        return transactions.writeRepeatably("revoke the invitation " + id, on -> {
            on.invitations().revoke(id, now);
            return findInvitation(on, id);
        });
    }

    @Override
    public Optional<OwnerLogin> acceptInvitation(Digest secret, OwnerName name, PasswordHash password, Instant now) {
        return unlessTaken("accept an invitation as " + name, name, Optional.empty(), on -> {
            // all who have the same one queue here, so that none of them sees a use that somebody else takes
            if (on.invitations().takeUse(secret, now) == 0) {
                return Optional.empty();
            }
            long owner = insert(on, name, Role.USER).id().value();
            on.invitations().giveQuota(secret, owner);
            on.logins().insert(owner);
            on.logins().changePassword(owner, FIRST_EPOCH, password.value());
            return find(on, owner);
        });
    }

    @Override
    public int removeExpired(Instant now, int most) {
        return transactions.writeRepeatably(
                "remove expired sessions",
                on -> on.sessions().deleteExpired(now, most) + on.logins().deleteExpiredLinks(now, most));
    }
}
