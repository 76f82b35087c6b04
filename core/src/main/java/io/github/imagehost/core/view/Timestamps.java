package io.github.imagehost.core.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as programs get them: UTC, always with milliseconds, as in {@code 2026-01-31T16:00:00.000Z}. */
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** The instant as text. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
