package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An {@link AuditLog} that passes its contract and forgets everything with the JVM. */
public final class InMemoryAuditLog implements AuditLog {

    private static final Comparator<AuditCursor> OLDEST_FIRST =
            Comparator.comparing(AuditCursor::at).thenComparingLong(AuditCursor::id);

    private final TreeSet<AuditEntry> entries =
            new TreeSet<>(Comparator.comparing(AuditCursor::behind, OLDEST_FIRST.reversed()));

    private long lastId;

    @Override
    public synchronized void add(AuditEvent event) {
        entries.add(new AuditEntry(++lastId, event));
    }

    @Override
    public synchronized AuditPage find(AuditQuery query) {
        List<AuditEntry> found = entries.stream()
                .filter(entry -> isWanted(entry, query))
                .limit(query.limit() + 1L)
                .toList();
        return AuditPage.of(found, query.limit());
    }

    private static boolean isWanted(AuditEntry entry, AuditQuery query) {
        AuditEvent event = entry.event();
        return query.since().map(since -> !event.at().isBefore(since)).orElse(true)
                && query.until().map(until -> event.at().isBefore(until)).orElse(true)
                && query.owner().map(owner -> concerns(event, owner)).orElse(true)
                && query.action().map(action -> event.act().action() == action).orElse(true)
                && query.behind()
                        .map(behind -> OLDEST_FIRST.compare(AuditCursor.behind(entry), behind) < 0)
                        .orElse(true);
    }

    private static boolean concerns(AuditEvent event, OwnerId owner) {
        Optional<OwnerId> wanted = Optional.of(owner);
        return event.act().owner().equals(wanted) || event.actor().owner().equals(wanted);
    }

    @Override
    public synchronized int removeBefore(Instant time, int most) {
        List<AuditEntry> old = entries.stream()
                .filter(entry -> entry.event().at().isBefore(time))
                .limit(most)
                .toList();
        old.forEach(entries::remove);
        return old.size();
    }
}
