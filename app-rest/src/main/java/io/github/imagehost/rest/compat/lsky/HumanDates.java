package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.rest.error.Messages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Tells how long ago something was, in the largest unit of which it was one at least. */
@Component
final class HumanDates {

    private static final List<ChronoUnit> UNITS = List.of(
            ChronoUnit.YEARS,
            ChronoUnit.MONTHS,
            ChronoUnit.WEEKS,
            ChronoUnit.DAYS,
            ChronoUnit.HOURS,
            ChronoUnit.MINUTES,
            ChronoUnit.SECONDS);

    private final Messages messages;
    private final InstantSource clock;

    HumanDates(Messages messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /** In the language of the request. */
    String text(HttpServletRequest request, Instant time) {
        Duration age = Duration.between(time, clock.instant());
        for (ChronoUnit unit : UNITS) {
            long count = age.toSeconds() / unit.getDuration().toSeconds();
            if (count > 0) {
                String key = "ago." + unit.name().toLowerCase(Locale.ROOT);
                return count == 1
                        ? messages.text(request, key + ".one")
                        : messages.text(request, key, String.valueOf(count));
            }
        }
        return messages.text(request, "ago.now");
    }
}
