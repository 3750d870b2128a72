package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.positions.Standing;
import java.io.PrintWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints positions for people. */
final class PositionText {
  private static final String NONE = "-";

  private final PrintWriter out;

  PositionText(PrintWriter out) {
    this.out = out;
  }

  /** Prints a row per partition, and the outcome of the next start below. */
  void print(PositionReport report) {
    TextTable table =
        new TextTable(
            Set.of(1, 2, 3, 4),
            "PARTITION",
            "POSITION",
            "BEGIN",
            "END",
            "LAG",
            "RUN",
            "SUBMITTED",
            "STATE");
    for (PositionStatus status : report.partitions()) {
      PositionMarker marker = status.marker();
      table.row(
          status.partition().toString(),
          number(status.position()),
          Long.toString(status.begin()),
          Long.toString(status.end()),
          status.isInput() ? number(status.lag()) : NONE,
          marker == null ? NONE : marker.run().id(),
          marker == null ? NONE : marker.run().submitted().toString(),
          state(status));
    }
    table.print("", out);
    out.println();
    if (report.problems().isEmpty()) {
      out.println("group " + report.groupId() + ": a start continues there");
    } else {
      out.println("group " + report.groupId() + ": a start is refused:");
      report.problems().forEach(problem -> out.println("  " + problem));
    }
  }

  private static String state(PositionStatus status) {
    String label = status.standing().label();
    if (!status.isInput()) {
      return "key configs";
    }
    return status.standing() == Standing.NEW && status.start() != null
        ? label + ", starts at " + status.start()
        : label;
  }

  private static String number(@Nullable Long number) {
    return number == null ? NONE : Long.toString(number);
  }
}
