package io.github.imagehost.mysql.row.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the audit log to select; what is null excludes nothing.
 *
 * @param behindTime only what is older, or as old and has a smaller id than the next parameter
 * @param limit how many at the most
 */
public record AuditSelection(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String action,
        @Nullable Instant behindTime,
        @Nullable Long behindId,
        int limit) {}
