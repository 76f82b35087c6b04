package io.github.imagehost.rest.settings;

import com.google.common.base.Ascii;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Optional;

/** What the lines of the log look like. */
public enum LogFormat {
    /** Text for people. */
    TEXT,
    /** A JSON object for each line, as the Elastic Common Schema names its fields. */
    ECS,
    /** A JSON object for each line, as Logstash's encoder names its fields. */
    LOGSTASH;

    /**
     * Reads the setting.
     *
     * @throws SettingsException if it is not legal
     */
    public static LogFormat from(Settings settings) {
        return settings.parse(
                        "LOG_FORMAT", "text, ecs or logstash", text -> Optional.of(valueOf(Ascii.toUpperCase(text))))
                .orElse(TEXT);
    }

    /** What Spring Boot calls it; empty for its usual text. */
    public Optional<String> structure() {
        return this == TEXT ? Optional.empty() : Optional.of(Ascii.toLowerCase(name()));
    }
}
