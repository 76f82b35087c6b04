package io.github.imagehost.core.audit;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.time.Duration;

/**
 * The settings of the audit log.
 *
 * @param keep how long it keeps what happened
 * @param uploads whether it tells of uploads, too
 */
public record AuditSettings(Duration keep, boolean uploads) {

    private static final Duration DEFAULT_KEEP = Duration.ofDays(90);
    private static final Duration SHORTEST_KEEP = Duration.ofDays(1);
    private static final Duration LONGEST_KEEP = Duration.ofDays(36_500);

    /**
     * Reads {@code AUDIT_KEEP} and {@code AUDIT_UPLOADS}.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static AuditSettings from(Settings settings) {
        return new AuditSettings(
                settings.duration("AUDIT_KEEP", DEFAULT_KEEP, SHORTEST_KEEP, LONGEST_KEEP),
                settings.flag("AUDIT_UPLOADS", false));
    }
}
