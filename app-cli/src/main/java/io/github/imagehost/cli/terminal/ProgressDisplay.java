package io.github.imagehost.cli.terminal;

import java.time.Duration;

/**
 * Shows on standard error how far an operation is: as a line that is drawn over and over on a terminal, as lines that
 * become rarer elsewhere. What ends within a second shows nothing. For one thread.
 */
final class ProgressDisplay {

    /** How often it wants to be asked to show what there is. */
    static final Duration PERIOD = Duration.ofMillis(250);

    static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Duration FIRST_LINE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Terminal terminal;
    private final ProgressMeter meter;
    private final ProgressText text;
    private final boolean asBar;
    private Duration nextLine = FIRST_LINE;

    /** @param asBar whether to draw, which makes sense on a terminal only */
    ProgressDisplay(Terminal terminal, ProgressMeter meter, ProgressText text, boolean asBar) {
        this.terminal = terminal;
        this.meter = meter;
        this.text = text;
        this.asBar = asBar;
    }

    /** Shows what there is to show by now, if it is time. */
    void refresh() {
        ProgressMeter.Reading reading = meter.now();
        if (asBar) {
            if (reading.elapsed().compareTo(SILENCE) >= 0) {
                terminal.status(text.bar(reading));
            }
        } else if (reading.elapsed().compareTo(nextLine) >= 0) {
            terminal.note(text.line(reading));
            nextLine = reading.elapsed().plus(min(reading.elapsed(), LONGEST_PAUSE));
        }
    }

    /** Takes the bar away and tells what was done in all. */
    void conclude() {
        terminal.status("");
        ProgressMeter.Reading reading = meter.inAll();
        if (reading.elapsed().compareTo(SILENCE) >= 0) {
            terminal.note(text.conclusion(reading));
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
