package io.embeddingexport.cli.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by reason, model and the input's topic. Not thread-safe. */
public final class LetterSummary {
  private final Map<Kind, Span> spans = new HashMap<>();

  /**
   * Letters that are counted together.
   *
   * @param model null: not known
   */
  private record Kind(String reason, @Nullable String model, String topic) {
    static Kind of(DeadLetter letter) {
      return new Kind(letter.reason(), letter.model(), letter.input().topic());
    }
  }

  /** How many there are, and the timestamps of the first and the last, ms since the epoch. */
  private record Span(long count, long firstMillis, long lastMillis) {
    Span plus(Span other) {
      return new Span(
          count + other.count,
          Math.min(firstMillis, other.firstMillis),
          Math.max(lastMillis, other.lastMillis));
    }
  }

  public void add(DeadLetter letter) {
    long time = letter.letter().timestampMillis();
    spans.merge(Kind.of(letter), new Span(1, time, time), Span::plus);
  }

  /** Prints a line for each kind, the most frequent first. */
  public void print(PrintWriter out) {
    List<Map.Entry<Kind, Span>> rows = rows();
    if (!rows.isEmpty()) {
      new TextTable<Map.Entry<Kind, Span>>()
          .number("LETTERS", row -> String.format(Locale.ROOT, "%,d", row.getValue().count()))
          .column("REASON", row -> SafeText.of(row.getKey().reason()))
          .column("MODEL", row -> model(row.getKey().model()))
          .column("INPUT", row -> SafeText.of(row.getKey().topic()))
          .column("FIRST", row -> time(row.getValue().firstMillis()))
          .column("LAST", row -> time(row.getValue().lastMillis()))
          .print("", rows, out);
    }
  }

  /** Prints one object a line, in the same order. */
  public void printJson(PrintWriter out) {
    for (Map.Entry<Kind, Span> row : rows()) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("letters", row.getValue().count())
              .put("reason", row.getKey().reason())
              .put("model", row.getKey().model())
              .put("input", row.getKey().topic())
              .put("first", row.getValue().firstMillis())
              .put("last", row.getValue().lastMillis()));
    }
  }

  private List<Map.Entry<Kind, Span>> rows() {
    return spans.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Kind, Span> row) -> -row.getValue().count())
                .thenComparing(row -> row.getKey().toString()))
        .toList();
  }

  /** A model in a table; {@code -} if it is not known. */
  static String model(@Nullable String model) {
    return model == null ? "-" : SafeText.of(model);
  }

  /** A timestamp in a table, UTC to the second; {@code -} if there is none. */
  static String time(long millis) {
    return millis == Envelope.NO_TIMESTAMP
        ? "-"
        : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
