package io.github.imagehost.cli.terminal;

import io.github.imagehost.cli.terminal.ProgressMeter.Count;
import io.github.imagehost.cli.terminal.ProgressMeter.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How far an operation is, in words.
 *
 * @param noun what is counted, in the plural
 */
record ProgressText(String noun) {

    /** Every terminal is at least so wide, and a line that fits can be drawn over. */
    private static final int WIDTH = 79;

    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 5;

    /**
     * A line that fits into any terminal: a bar, if the total is known, the counts, the rates and the remaining time.
     */
    String bar(Reading reading) {
        String words = String.join("  ", words(reading));
        int room = Math.min(WIDEST_BAR, WIDTH - words.length() - "[]  ".length());
        String line = reading.share()
                .filter(share -> room >= NARROWEST_BAR)
                .map(share -> drawn(share, room) + "  " + words)
                .orElse(words);
        return line.substring(0, Math.min(WIDTH, line.length()));
    }

    /** The same without the bar, as a line of a log. */
    String line(Reading reading) {
        return String.join(", ", words(reading));
    }

    /** What was done, in which time, and how fast that was. */
    String conclusion(Reading reading) {
        List<String> words = new ArrayList<>();
        words.add(reading.items().done() + " " + noun);
        if (reading.bytes().done() > 0) {
            words.add(Amounts.bytes(reading.bytes().done()));
        }
        words.add("in " + Amounts.time(reading.elapsed()));
        words.addAll(rates(reading));
        return String.join(", ", words);
    }

    private static String drawn(double share, int room) {
        int full = (int) (share * room);
        return "[" + "#".repeat(full) + ".".repeat(room - full) + "]";
    }

    private List<String> words(Reading reading) {
        List<String> words = new ArrayList<>();
        reading.share().ifPresent(share -> words.add((int) (share * 100) + " %"));
        words.add(of(reading.items(), String::valueOf) + " " + noun);
        if (reading.bytes().done() > 0 || reading.bytes().expected() > 0) {
            words.add(of(reading.bytes(), Amounts::bytes));
        }
        words.addAll(rates(reading));
        reading.remaining().ifPresent(time -> words.add(Amounts.time(time) + " left"));
        return words;
    }

    private static String of(Count count, Function<Long, String> text) {
        return count.expected() > 0
                ? text.apply(count.done()) + "/" + text.apply(count.expected())
                : text.apply(count.done());
    }

    private static List<String> rates(Reading reading) {
        List<String> rates = new ArrayList<>();
        rates.add(Amounts.rate(reading.items().perSecond()) + "/s");
        if (reading.bytes().done() > 0) {
            rates.add(Amounts.bytes((long) reading.bytes().perSecond()) + "/s");
        }
        return rates;
    }
}
