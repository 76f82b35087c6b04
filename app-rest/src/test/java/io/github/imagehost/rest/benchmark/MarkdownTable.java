package io.github.imagehost.rest.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table to be pasted into a page. The first column is text, the others are numbers. */
final class MarkdownTable {

    private static final String UNKNOWN = "-";

    private final List<List<String>> lines = new ArrayList<>();

    MarkdownTable(String... titles) {
        lines.add(List.of(titles));
    }

    /** Adds a line. */
    void add(String first, String... cells) {
        List<String> line = new ArrayList<>(List.of(first));
        line.addAll(Arrays.asList(cells));
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.size() == 1;
    }

    /** A number with about three digits; what is not a number is unknown. */
    static String cell(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return UNKNOWN;
        }
        double size = Math.abs(number);
        int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        List<String> text =
                lines.stream().map(line -> line(line, widths)).collect(Collectors.toCollection(ArrayList::new));
        text.add(
                1,
                IntStream.range(0, columns)
                        .mapToObj(column -> "-".repeat(widths[column] + 1) + (column == 0 ? "-" : ":"))
                        .collect(Collectors.joining("|", "|", "|")));
        return String.join("\n", text);
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format(
                        " %" + (column == 0 ? "-" : "") + Math.max(1, widths[column]) + "s ", cells.get(column)))
                .collect(Collectors.joining("|", "|", "|"));
    }
}
