package io.embeddingexport.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows in columns as wide as their widest cell. The last column is not padded. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> numbers;

  /**
   * @param numbers right-aligned columns, from 0
   */
  public TextTable(Set<Integer> numbers, String... titles) {
    this.numbers = Set.copyOf(numbers);
    row(titles);
  }

  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public void print(String indent, PrintWriter out) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int c = column;
      widths.add(rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < row.size(); column++) {
        String gap = " ".repeat(widths.get(column) - row.get(column).length());
        line.append(numbers.contains(column) ? gap + row.get(column) : row.get(column) + gap);
        line.append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
