package io.github.imagehost.core.view;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;

/**
 * An owner as it is listed.
 *
 * @param id of the owner
 * @param name how people call it
 * @param role {@code admin}, {@code user} or {@code guest}
 * @param state {@code active} or {@code suspended}
 * @param createdAt as {@link Timestamps} writes it
 * @param usage what it has
 * @param quota what it may have
 */
public record OwnerDetails(
        long id, String name, String role, String state, String createdAt, Usage usage, QuotaDetails quota) {

    /** This owner, who has this and may have that. */
    public static OwnerDetails of(Owner owner, Usage usage, Quota quota) {
        return new OwnerDetails(
                owner.id().value(),
                owner.name().value(),
                owner.role().label(),
                owner.state().label(),
                Timestamps.format(owner.createdAt()),
                usage,
                QuotaDetails.of(quota));
    }
}
