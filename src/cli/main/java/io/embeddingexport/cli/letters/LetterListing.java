package io.embeddingexport.cli.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Keeps the newest of the letters that it is given, and prints a line for each. */
public final class LetterListing {
  private static final Comparator<Row> BY_TIME =
      Comparator.comparingLong(Row::timestampMillis)
          .thenComparingInt(Row::partition)
          .thenComparingLong(Row::offset);

  private final int most;
  private final PriorityQueue<Row> newest = new PriorityQueue<>(BY_TIME);

  /** What is printed of a letter: nothing of its value is kept. */
  private record Row(
      int partition,
      long offset,
      long timestampMillis,
      String origin,
      @Nullable String model,
      String reason) {
    static Row of(DeadLetter letter) {
      return new Row(
          letter.letter().partition(),
          letter.letter().offset(),
          letter.letter().timestampMillis(),
          letter.origin(),
          letter.model(),
          letter.reason());
    }

    ObjectNode json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("partition", partition)
          .put("offset", offset)
          .put("timestamp", timestampMillis)
          .put("input", origin)
          .put("model", model)
          .put("reason", reason);
    }
  }

  /**
   * @param most letters that are printed, 1 or more
   */
  public LetterListing(int most) {
    this.most = most;
  }

  public void add(DeadLetter letter) {
    newest.add(Row.of(letter));
    if (newest.size() > most) {
      newest.remove();
    }
  }

  /** Prints the newest, the last at the end. */
  public void print(PrintWriter out) {
    List<Row> rows = rows();
    if (!rows.isEmpty()) {
      new TextTable<Row>()
          .number("PARTITION", Row::partition)
          .number("OFFSET", Row::offset)
          .column("TIME", row -> LetterSummary.time(row.timestampMillis()))
          .column("INPUT", Row::origin)
          .column("MODEL", row -> LetterSummary.model(row.model()))
          .column("REASON", row -> SafeText.of(row.reason()))
          .print("", rows, out);
    }
  }

  /** Prints one object a line, in the same order. */
  public void printJson(PrintWriter out) {
    rows().forEach(row -> out.println(row.json()));
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>(newest);
    rows.sort(BY_TIME);
    return rows;
  }
}
