package peagen.bench.service.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table in plain text: a header, a rule, rows. Columns are as wide as their widest cell, counted in code points; nothing is
 * wrapped or cut, and line breaks in a cell become blanks. Immutable; {@link #row} returns a copy.
 *
 * <pre>
 * target  observed  limit
 * ------  --------  -----
 * PT-1        63 s   75 s
 * </pre>
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows;

    private TextTable(List<Column> columns, List<List<String>> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A column.
     *
     * @param title its header
     * @param right whether cells end, rather than begin, below one another
     */
    public record Column(String title, boolean right) {

        /** For words. */
        public static Column left(String title) {
            return new Column(title, false);
        }

        /** For numbers. */
        public static Column right(String title) {
            return new Column(title, true);
        }
    }

    /** A table without rows. */
    public static TextTable of(Column... columns) {
        return new TextTable(List.of(columns), List.of());
    }

    /**
     * This table with one more row.
     *
     * @throws IllegalArgumentException when there are not as many cells as columns
     */
    public TextTable row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<List<String>> more = new ArrayList<>(rows);
        more.add(Arrays.stream(cells)
                .map(cell -> String.valueOf(cell).replaceAll("\\R", " "))
                .toList());
        return new TextTable(columns, List.copyOf(more));
    }

    /** The table, lines separated by {@code \n}, no blanks at their ends, no line break after the last. */
    @Override
    public String toString() {
        List<String> titles = columns.stream().map(Column::title).toList();
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            int widest =
                    rows.stream().mapToInt(row -> width(row.get(index))).max().orElse(0);
            widths.add(Math.max(widest, width(titles.get(i))));
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(titles, widths));
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return String.join("\n", lines);
    }

    private String line(List<String> cells, List<Integer> widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String blanks = " ".repeat(widths.get(i) - width(cells.get(i)));
            padded.add(columns.get(i).right() ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
