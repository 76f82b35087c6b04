package io.github.imagehost.core.model.audit;

/**
 * An event as the audit log keeps it.
 *
 * @param id at least 1; of no other entry
 * @param event what happened
 */
public record AuditEntry(long id, AuditEvent event) {}
