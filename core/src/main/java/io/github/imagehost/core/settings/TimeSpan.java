package io.github.imagehost.core.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes spans of time as people do: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 12h} or {@code 7d}. */
public final class TimeSpan {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private TimeSpan() {}

    /** The span in this text; empty if there is none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /** The span in the largest unit of which it is a whole number. */
    public static String describe(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() > 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutesPart() > 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toHoursPart() > 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }
}
