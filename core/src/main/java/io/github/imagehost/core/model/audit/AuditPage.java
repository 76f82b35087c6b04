package io.github.imagehost.core.model.audit;

import java.util.List;
import java.util.Optional;

/**
 * A part of the audit log.
 *
 * @param entries the newest first
 * @param next where the next page begins; empty if there is none
 */
public record AuditPage(List<AuditEntry> entries, Optional<AuditCursor> next) {

    public AuditPage {
        entries = List.copyOf(entries);
    }

    /**
     * A page that has been read.
     *
     * @param found the newest first; one more than the page may have, if there are as many
     * @param limit how many the page may have
     */
    public static AuditPage of(List<AuditEntry> found, int limit) {
        return found.size() <= limit
                ? new AuditPage(found, Optional.empty())
                : new AuditPage(found.subList(0, limit), Optional.of(AuditCursor.behind(found.get(limit - 1))));
    }
}
