package io.github.imagehost.core.access.owner;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives owners what an identity provider entitles them to. Every operation may throw a {@link RepositoryException}.
 * Safe for use by many threads.
 */
public final class Entitlements {

    private final Owners owners;
    private final QuotaLedger quotas;

    /**
     * @param repository stays open
     * @param quotas likewise
     */
    public Entitlements(AccessRepository repository, QuotaLedger quotas) {
        this.owners = new Owners(repository);
        this.quotas = quotas;
    }

    /**
     * What an owner got.
     *
     * @param role from now on; empty if it was that before
     * @param quota from now on; empty if it was that before
     */
    public record Grant(Optional<Role> role, Optional<Quota> quota) {}

    /**
     * From now on the owner has what it is entitled to. {@link OwnerId#DEFAULT} stays an administrator, whatever a
     * provider says: somebody has to be.
     *
     * @param owner has to be there
     * @return what is another one than before
     */
    public Grant grant(OwnerId owner, Entitlement entitlement) {
        return new Grant(
                entitlement.role().filter(role -> changeRole(owner, role)), quota(owner, entitlement.maxBytes()));
    }

    private boolean changeRole(OwnerId owner, Role role) {
        Owner.Change change = new Owner.Change(Optional.empty(), Optional.of(role), Optional.empty());
        if (owners.get(owner).role() == role || !owners.allows(owner, change)) {
            return false;
        }
        owners.change(owner, change);
        return true;
    }

    private Optional<Quota> quota(OwnerId owner, OptionalLong maxBytes) {
        if (maxBytes.isEmpty()) {
            return Optional.empty();
        }
        if (quotas.quota(owner).bytes().equals(maxBytes)) {
            return Optional.empty();
        }
        return Optional.of(quotas.changeQuota(owner, new Quota.Change(Optional.empty(), Optional.of(maxBytes))));
    }
}
