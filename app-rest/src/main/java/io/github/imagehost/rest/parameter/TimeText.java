package io.github.imagehost.rest.parameter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A time as clients write it: as in ISO 8601, with its time zone. */
public final class TimeText {

    /** Behind everything that a database can compare. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private TimeText() {}

    /** The time in this text; empty if there is none, or if it is not from 1970 to 9999. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant())
                    .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
