package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Quota;
import io.github.imagehost.core.model.Usage;

/** The part of the {@link AdministrableRepository} that says how much owners may have, and how much they have. */
public interface QuotaLedger {

    /** What this owner may have: {@link Quota#NONE} unless something else was set. */
    Quota quota(OwnerId owner);

    /**
     * Sets what this owner may have. It holds for all images that are made from then on, whoever makes them; what the
     * owner has already stays. May be repeated.
     */
    void setQuota(OwnerId owner, Quota quota);

    /** What this owner has. Costs about the same however much that is. */
    Usage usage(OwnerId owner);
}
