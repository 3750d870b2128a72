package io.embeddingexport.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table with a row for each value of a list. Columns are as wide as their widest cell; the last
 * is not padded. (picocli's {@code TextTable} reads markup in cells and does not align to the
 * right.)
 */
public final class TextTable<T> {
  private final List<Column<T>> columns = new ArrayList<>();

  /** The text of a value in one column. */
  public interface Cell<T> extends Function<T, Object> {}

  private record Column<T>(String title, boolean right, Cell<T> cell) {}

  public TextTable<T> column(String title, Cell<T> cell) {
    columns.add(new Column<>(title, false, cell));
    return this;
  }

  /** Adds a column that is aligned to the right. */
  public TextTable<T> number(String title, Cell<T> cell) {
    columns.add(new Column<>(title, true, cell));
    return this;
  }

  public void print(String indent, List<T> rows, PrintWriter out) {
    StringBuilder[] lines =
        Stream.generate(() -> new StringBuilder(indent))
            .limit(rows.size() + 1L)
            .toArray(StringBuilder[]::new);
    for (Column<T> column : columns) {
      List<String> cells = new ArrayList<>(List.of(column.title));
      rows.forEach(row -> cells.add(column.cell.apply(row).toString()));
      int width = cells.stream().mapToInt(String::length).max().orElse(0);
      String format = (column.right ? "%" : "%-") + width + "s  ";
      for (int i = 0; i < lines.length; i++) {
        lines[i].append(format.formatted(cells.get(i)));
      }
    }
    for (StringBuilder line : lines) {
      out.println(line.toString().stripTrailing());
    }
  }
}
