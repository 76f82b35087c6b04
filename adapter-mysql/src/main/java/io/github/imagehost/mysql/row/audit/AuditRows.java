package io.github.imagehost.mysql.row.audit;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditQuery;
import java.util.Optional;

/** Converts between rows and what the core knows of the audit log. */
public final class AuditRows {

    private AuditRows() {}

    public static AuditRow toRow(AuditEvent event) {
        Actor actor = event.actor();
        Act act = event.act();
        return new AuditRow(
                0,
                event.at(),
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

    /** What only a later version has a name for is shown without it, and with everything else. */
    public static AuditEntry toEntry(AuditRow row) {
        Actor actor = new Actor(
                Actor.Kind.parse(row.actor()).orElse(Actor.Kind.UNKNOWN),
                Optional.ofNullable(row.actorId()).map(OwnerId::new),
                Optional.ofNullable(row.tokenId()),
                Optional.ofNullable(row.client()));
        Act act = new Act(
                AuditAction.parse(row.action()).orElse(AuditAction.UNKNOWN),
                row.outcome().equals(Act.Outcome.DONE.label()) ? Act.Outcome.DONE : Act.Outcome.REFUSED,
                Optional.ofNullable(row.ownerId()).map(OwnerId::new),
                row.target(),
                row.detail());
        return new AuditEntry(row.id(), new AuditEvent(row.happenedAt(), actor, act));
    }

    /**
     * What a query asks of a statement.
     *
     * @param limit how many rows at the most
     */
    public static AuditSelection toSelection(AuditQuery query, int limit) {
        return new AuditSelection(
                query.since().orElse(null),
                query.until().orElse(null),
                query.action().map(AuditAction::label).orElse(null),
                query.behind().map(AuditCursor::at).orElse(null),
                query.behind().map(AuditCursor::id).orElse(null),
                limit);
    }
}
