package io.github.imagehost.rest.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What happened in each cycle, as lines of text. */
final class Table {

    /** How many milliseconds after the kill a process said that it was well. */
    static final String WELL_AFTER = "well after ms";

    /** How many images there are. */
    static final String IMAGES = "images";

    /** How many temporary files there are although nobody uploads. */
    static final String LEFT_FILES = "left files";

    private static final Set<String> NOT_TO_BE_ADDED = Set.of(WELL_AFTER, IMAGES, LEFT_FILES);
    private static final int FIRST_COLUMNS_WIDTH = 24;

    private final Consumer<String> lines;
    private final Map<String, Long> totals = new LinkedHashMap<>();
    private int cycles;

    /** @param lines where the lines go, each as soon as it is known */
    Table(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Says what the table is about. */
    void title(String title) {
        lines.accept(title);
    }

    /**
     * Adds a line, and the titles before the first one.
     *
     * @param killed which processes
     * @param killedAtMillis how long after the beginning of the load
     * @param figures further columns
     */
    void add(String killed, long killedAtMillis, Map<String, Long> figures) {
        if (cycles == 0) {
            lines.accept(line(String.format("%5s %-9s %7s", "cycle", "killed", "at ms"), figures.keySet()));
        }
        cycles++;
        figures.forEach((title, figure) ->
                totals.merge(title, figure, NOT_TO_BE_ADDED.contains(title) ? Long::max : Long::sum));
        lines.accept(line(String.format("%5d %-9s %7d", cycles, killed, killedAtMillis), widen(figures)));
    }

    /** Adds the sums of all columns, or the greatest figure of those that can't be added. */
    void addTotal() {
        lines.accept(line(String.format("%-" + (FIRST_COLUMNS_WIDTH - 1) + "s", "total of " + cycles), widen(totals)));
    }

    private static List<String> widen(Map<String, Long> figures) {
        List<String> cells = new ArrayList<>();
        figures.forEach((title, figure) -> cells.add(String.format("%" + title.length() + "d", figure)));
        return cells;
    }

    private static String line(String first, Iterable<String> rest) {
        return first + "  " + String.join("  ", rest);
    }
}
