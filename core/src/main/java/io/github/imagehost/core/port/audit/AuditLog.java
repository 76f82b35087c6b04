package io.github.imagehost.core.port.audit;

import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import java.time.Instant;

/**
 * Keeps what happened. Each operation is atomic and durable when it returns. Nothing is ever changed, and nothing is
 * removed but by its age. Safe for use by many threads and processes; what one of them writes, all others read from
 * then on.
 *
 * <p>Every operation may throw a {@link RepositoryException}, or a {@link RepositoryUnavailableException} if it may
 * succeed later.
 */
public interface AuditLog {

    /** Adds an event; the same one twice if it is added twice. */
    void add(AuditEvent event);

    /**
     * Finds events, the newest first; of those at the same time, the one first that was added last. The cost grows with
     * what is answered, not with what is kept, unless it is asked for an owner and for an action at once.
     */
    AuditPage find(AuditQuery query);

    /**
     * Removes events, in any order. May be repeated.
     *
     * @param time what happened before that
     * @param most how many at the most
     * @return how many were removed; fewer than {@code most} if none is left
     */
    int removeBefore(Instant time, int most);
}
