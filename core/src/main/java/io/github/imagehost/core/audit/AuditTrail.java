package io.github.imagehost.core.audit;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what was done, for whoever lets people in: after the act, by the words of the one who knows both the act and
 * its actor. Whether somebody may read it is not asked here. Safe for use by many threads.
 */
public final class AuditTrail {

    /** How many rows one statement removes, so that it holds no locks for long. */
    private static final int REMOVED_AT_ONCE = 1000;

    private static final Logger logger = LoggerFactory.getLogger(AuditTrail.class);

    private final AuditLog log;
    private final InstantSource clock;
    private final AuditSettings settings;

    /** @param log stays open */
    public AuditTrail(AuditLog log, InstantSource clock, AuditSettings settings) {
        this.log = log;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Notes what somebody did just now; uploads only if the settings say so. Never fails: what is done is done, so that
     * whoever did it must not be told otherwise. What can't be noted stands in the program's own log instead.
     */
    public void note(Actor actor, Act act) {
        if (act.action() == AuditAction.IMAGE_UPLOADED && !settings.uploads()) {
            return;
        }
        try {
            log.add(new AuditEvent(now(), actor, act));
        } catch (RepositoryException e) {
            // without the detail, which may be anything
            logger.error(
                    "The audit log lacks this: {} {} {} of owner {}, by {} of owner {}, token {}, client {}: {}",
                    act.action().label(),
                    act.outcome().label(),
                    act.target(),
                    orNone(act.owner().map(OwnerId::value)),
                    actor.kind().label(),
                    orNone(actor.owner().map(OwnerId::value)),
                    orNone(actor.token()),
                    orNone(actor.client()),
                    e.toString());
        }
    }

    private static String orNone(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }

    /**
     * What was done, the newest first.
     *
     * @throws RepositoryException if it can't be read
     */
    public AuditPage find(AuditQuery query) {
        return log.find(query);
    }

    /**
     * Removes what is older than the settings say. May be repeated.
     *
     * @return how many events that were
     * @throws RepositoryException if it can't be done; a part may be done
     */
    public int sweep() {
        Instant oldest = now().minus(settings.keep());
        int all = 0;
        int removed;
        do {
            removed = log.removeBefore(oldest, REMOVED_AT_ONCE);
            all += removed;
        } while (removed >= REMOVED_AT_ONCE);
        return all;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
