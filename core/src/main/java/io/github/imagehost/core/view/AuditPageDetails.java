package io.github.imagehost.core.view;

import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the audit log as it is listed.
 *
 * @param events the newest first
 * @param nextCursor where the next page begins; null if there is none
 */
public record AuditPageDetails(
        List<AuditEventDetails> events, @Nullable String nextCursor) {

    /** This page. */
    public static AuditPageDetails of(AuditPage page) {
        return new AuditPageDetails(
                page.entries().stream().map(AuditEventDetails::of).toList(),
                page.next().map(AuditCursor::encode).orElse(null));
    }
}
