package io.github.imagehost.mysql.access;

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
import io.github.imagehost.mysql.row.AccessRows;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.transaction.DuplicateKeyException;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Owners and tokens, as {@link AccessRepository} says. No row is ever deleted, so that no id is given twice. */
public final class MySqlAccessRepository implements AccessRepository {

    private final Transactions transactions;

    public MySqlAccessRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Owner addOwner(OwnerName name, Role role) {
        return unlessTaken("add the owner " + name, name, Optional.empty(), on -> {
            GeneratedId generated = new GeneratedId();
            on.owners().insert(name.value(), role.name(), OwnerState.ACTIVE.name(), generated);
            return find(on, new OwnerId(generated.getId())).orElseThrow();
        });
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
    public Optional<Owner> changeOwner(OwnerId id, OwnerName name, Role role, OwnerState state) {
        return unlessTaken("change the owner " + id.value(), name, Optional.of(id), on -> {
            on.owners().update(id.value(), name.value(), role.name(), state.name());
            return find(on, id);
        });
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
}
