package io.github.imagehost.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text whose columns stand below one another. The last column may hold any text, since nothing stands behind
 * it: how wide a character is, only the terminal knows.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all rows have equally many cells. */
    public void add(List<String> cells) {
        rows.add(cells);
    }

    /** The rows as lines, without white space at their ends. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size() - 1; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
        }
        return line.append(cells.get(cells.size() - 1)).toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
