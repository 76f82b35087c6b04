package io.github.imagehost.mysql.row.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit log.
 *
 * @param id whichever, if it is to be inserted
 * @param actor the label of a kind of actors that this version may not know
 * @param action the label of an action that this version may not know
 */
public record AuditRow(
        long id,
        Instant happenedAt,
        String actor,
        @Nullable Long actorId,
        @Nullable Long tokenId,
        @Nullable String client,
        String action,
        String outcome,
        @Nullable Long ownerId,
        String target,
        String detail) {}
