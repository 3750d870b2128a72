package io.embeddingexport.cli.peek;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.cli.peek.PeekedMessage.Content;
import io.embeddingexport.cli.peek.PeekedMessage.Exported;
import io.embeddingexport.cli.peek.PeekedMessage.Letter;
import io.embeddingexport.cli.peek.PeekedMessage.Malformed;
import io.embeddingexport.cli.peek.PeekedMessage.Tombstone;
import io.embeddingexport.export.TensorStatistics;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts messages by kind, and measures the FLOAT and DOUBLE tensors of records by model and key.
 * Not thread-safe.
 */
public final class TensorReport implements MessageOutput {
  /** Model of a record without an origin header. */
  private static final String NO_MODEL = "-";

  private final TensorNames names;
  private final Map<Name, Totals> tensors =
      new TreeMap<>(Comparator.comparing(Name::model).thenComparing(Name::key));
  private long records;
  private long tombstones;
  private long deadLetters;
  private long malformed;

  private record Name(String model, long key) {}

  private static final class Totals {
    private long count;
    private long zero;
    private long nonFinite;
    private double least = Double.POSITIVE_INFINITY;
    private double most;
    private double sum;

    private void add(TensorStatistics tensor) {
      count++;
      zero += tensor.isZero() ? 1 : 0;
      nonFinite += tensor.nonFinite() > 0 ? 1 : 0;
      least = Math.min(least, tensor.l2Norm());
      most = Math.max(most, tensor.l2Norm());
      sum += tensor.l2Norm();
    }
  }

  public TensorReport(TensorNames names) {
    this.names = names;
  }

  @Override
  public void write(PeekedMessage peeked) {
    Content content = peeked.content();
    if (content instanceof Exported exported) {
      records++;
      add(exported);
    } else if (content instanceof Malformed) {
      malformed++;
    } else if (content instanceof Letter) {
      deadLetters++;
    } else if (content instanceof Tombstone) {
      tombstones++;
    } else {
      throw new IllegalArgumentException("events are not counted");
    }
  }

  private void add(Exported exported) {
    String model = exported.model() == null ? NO_MODEL : exported.model();
    exported
        .record()
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (tensor.dataType().isFloatingPoint()) {
                tensors
                    .computeIfAbsent(new Name(model, key), name -> new Totals())
                    .add(TensorStatistics.of(tensor));
              }
            });
  }

  @Override
  public void flush() {
    // The report is printed at the end.
  }

  /** Prints the counts, and a row for each tensor. */
  public void print(PrintWriter out) {
    out.printf(
        "%d records, %d tombstones, %d dead letters, %d values that are not records%n",
        records, tombstones, deadLetters, malformed);
    if (!tensors.isEmpty()) {
      new TextTable<Map.Entry<Name, Totals>>()
          .column("MODEL", row -> SafeText.of(row.getKey().model()))
          .column("TENSOR", row -> names.name(row.getKey().model(), row.getKey().key()))
          .number("COUNT", row -> row.getValue().count)
          .number("ZERO", row -> row.getValue().zero)
          .number("NON-FINITE", row -> row.getValue().nonFinite)
          .number("NORM MIN", row -> number(row.getValue().least))
          .number("MEAN", row -> number(row.getValue().sum / row.getValue().count))
          .number("MAX", row -> number(row.getValue().most))
          .print("", List.copyOf(tensors.entrySet()), out);
    }
    out.flush();
  }

  private static String number(double norm) {
    return String.format(Locale.ROOT, "%.4g", norm);
  }
}
