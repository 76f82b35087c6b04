package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Quota;

/** An owner would have more than its {@link Quota} allows. No image was made. */
public final class QuotaExceededException extends RepositoryException {

    private static final long serialVersionUID = 1L;

    /** @param quota what the owner may have */
    public QuotaExceededException(OwnerId owner, Quota quota) {
        super("Owner " + owner.value() + " may have no more than its quota allows: " + quota);
    }
}
