package io.github.imagehost.core.model.audit;

import io.github.imagehost.core.model.OwnerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which events are wanted: those for which all of it holds.
 *
 * @param since only what happened then or later
 * @param until only what happened before that
 * @param owner only what this owner did, or what is about it
 * @param action only such
 * @param behind only what stands behind this place, and so is older
 * @param limit how many at the most, 1 to {@value #MAX_LIMIT}
 */
public record AuditQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<OwnerId> owner,
        Optional<AuditAction> action,
        Optional<AuditCursor> behind,
        int limit) {

    /** How many events one page may have. */
    public static final int MAX_LIMIT = 1000;

    /** How many events a page has unless somebody says it. */
    public static final int DEFAULT_LIMIT = 100;

    /** What databases can compare. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    public AuditQuery {
        if (!since.map(AuditQuery::isLegal).orElse(true)
                || !until.map(AuditQuery::isLegal).orElse(true)) {
            throw new IllegalArgumentException("Nothing happens before 1970 or after 9999");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_LIMIT + " events, not " + limit);
        }
    }

    /** Whether something could have happened at this time: from 1970 to 9999. */
    public static boolean isLegal(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIME);
    }
}
