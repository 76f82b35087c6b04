package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;
import java.util.Optional;

/** The part of the {@link AdministrableRepository} that says how much owners may have, and how much they have. */
public interface QuotaLedger {

    /** What this owner may have: {@link Quota#NONE} unless something else was set. */
    Quota quota(OwnerId owner);

    /**
     * Sets what this owner may have. It holds for all images that are made from then on, whoever makes them; what the
     * owner has already stays. May be repeated.
     */
    default void setQuota(OwnerId owner, Quota quota) {
        changeQuota(owner, new Quota.Change(Optional.of(quota.images()), Optional.of(quota.bytes())));
    }

    /**
     * As {@link #setQuota}, but what is not to change is not written, so that it stays as somebody else makes it at the
     * same moment.
     *
     * @return what the owner may have from now on
     */
    Quota changeQuota(OwnerId owner, Quota.Change change);

    /** What this owner has. Costs about the same however much that is. */
    Usage usage(OwnerId owner);
}
