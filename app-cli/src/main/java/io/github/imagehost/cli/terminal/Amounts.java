package io.github.imagehost.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Writes amounts in few characters, for people. */
public final class Amounts {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int STEP = 1000;
    private static final int FEW = 10;

    private Amounts() {}

    /** Such as {@code 999 B}, {@code 1.2 MB} or {@code 12 MB}: rounded down, in powers of a thousand. */
    public static String bytes(long bytes) {
        int unit = 0;
        long whole = bytes;
        long rest = 0;
        while (whole >= STEP) {
            rest = whole % STEP;
            whole /= STEP;
            unit++;
        }
        String tenth = unit > 0 && whole < FEW ? "." + rest / (STEP / FEW) : "";
        return whole + tenth + " " + UNITS[unit];
    }

    /** Such as {@code 0:07}, {@code 12:34} or {@code 100:00:00}; rounded down. */
    static String time(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    /** Such as {@code 0.5}, {@code 9.8} or {@code 1234}. */
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < FEW ? "%.1f" : "%.0f", perSecond);
    }
}
