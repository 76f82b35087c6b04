package io.github.imagehost.core.view;

import io.github.imagehost.core.model.access.Invitation;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as it is listed.
 *
 * @param id of the invitation
 * @param uses how many owners it may make
 * @param usesLeft how many it may still make
 * @param createdAt as {@link Timestamps} writes it
 * @param expiresAt likewise
 * @param revokedAt likewise; null if it is not revoked
 * @param quota what each owner may have that it makes
 */
public record InvitationDetails(
        long id,
        int uses,
        int usesLeft,
        String createdAt,
        String expiresAt,
        @Nullable String revokedAt,
        QuotaDetails quota) {

    /** This invitation. */
    public static InvitationDetails of(Invitation invitation) {
        return new InvitationDetails(
                invitation.id(),
                invitation.uses(),
                invitation.usesLeft(),
                Timestamps.format(invitation.createdAt()),
                Timestamps.format(invitation.expiresAt()),
                invitation.revokedAt().map(Timestamps::format).orElse(null),
                QuotaDetails.of(invitation.quota()));
    }
}
