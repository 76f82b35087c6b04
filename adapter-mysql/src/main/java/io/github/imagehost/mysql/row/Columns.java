package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.NameFolding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values as the columns have them, whatever they are of. */
public final class Columns {

    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private Columns() {}

    /** Null if it is empty. */
    public static @Nullable Long toValue(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** The columns hold no other times, so that this compares as the time itself. */
    public static Instant withinColumn(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(LAST_TIME) ? LAST_TIME : time;
    }

    /** The bytes by which names are searched. */
    public static byte[] toFoldedName(String name) {
        return NameFolding.fold(name).getBytes(StandardCharsets.UTF_8);
    }

    /** How many microseconds that is. */
    public static long toMicros(Duration duration) {
        return Math.multiplyExact(duration.toMillis(), 1000L);
    }
}
