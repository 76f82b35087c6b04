package io.github.imagehost.core.view;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit log as it is listed.
 *
 * @param id of the event
 * @param time as {@link Timestamps} writes it
 * @param actor how whoever did it came in
 * @param actorId the id of the owner for whom he acted; null if for nobody
 * @param tokenId of the token by which he acted; null if by none that the database knows
 * @param client the address of his machine; null if it is this one
 * @param action what he did
 * @param outcome what came of it
 * @param ownerId whose things it is about; null if nobody knows
 * @param target what of these; may be empty
 * @param detail any text; may be empty
 */
public record AuditEventDetails(
        long id,
        String time,
        String actor,
        @Nullable Long actorId,
        @Nullable Long tokenId,
        @Nullable String client,
        String action,
        String outcome,
        @Nullable Long ownerId,
        String target,
        String detail) {

    /** This entry. */
    public static AuditEventDetails of(AuditEntry entry) {
        Actor actor = entry.event().actor();
        Act act = entry.event().act();
        return new AuditEventDetails(
                entry.id(),
                Timestamps.format(entry.event().at()),
                actor.kind().label(),
                actor.owner().map(OwnerId::value).orElse(null),
                actor.token().orElse(null),
                actor.client().orElse(null),
                act.action().label(),
                act.outcome().label(),
                act.owner().map(OwnerId::value).orElse(null),
                act.target(),
                act.detail());
    }
}
