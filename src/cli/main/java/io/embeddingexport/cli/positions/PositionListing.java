package io.embeddingexport.cli.positions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.positions.PositionKind;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two forms of {@code positions show}. */
final class PositionListing {

  /** Prints a row per partition, and the outcome of the next start below. */
  static void print(PositionReport report, PrintWriter out) {
    new TextTable<PositionStatus>()
        .column("PARTITION", PositionStatus::partition)
        .number("POSITION", status -> orNone(status.position()))
        .number("BEGIN", PositionStatus::begin)
        .number("END", PositionStatus::end)
        .number("LAG", status -> orNone(status.isInput() ? status.lag() : null))
        .column("RUN", status -> orNone(run(status.marker())))
        .column("SUBMITTED", status -> orNone(submitted(status.marker())))
        .column("STATE", PositionListing::state)
        .print("", report.partitions(), out);
    out.println();
    boolean starts = report.problems().isEmpty();
    out.println(
        "group "
            + report.groupId()
            + (starts ? ": a start continues there" : ": a start is refused:"));
    report.problems().forEach(problem -> out.println("  " + problem));
  }

  private static String state(PositionStatus status) {
    String label = status.kind().label();
    if (!status.isInput()) {
      return "key configs";
    }
    return status.kind() == PositionKind.NEW && status.start() != null
        ? label + ", starts at " + status.start()
        : label;
  }

  private static Object orNone(@Nullable Object value) {
    return value == null ? "-" : value;
  }

  private static @Nullable String run(@Nullable PositionMarker marker) {
    return marker == null ? null : marker.run().id();
  }

  private static @Nullable String submitted(@Nullable PositionMarker marker) {
    return marker == null ? null : marker.run().submitted().toString();
  }

  /** One object. Missing values are null. */
  static ObjectNode json(PositionReport report) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("group", report.groupId())
            .put("starts", report.problems().isEmpty());
    report.problems().forEach(json.putArray("problems")::add);
    ArrayNode partitions = json.putArray("partitions");
    for (PositionStatus status : report.partitions()) {
      PositionMarker marker = status.marker();
      partitions
          .addObject()
          .put("topic", status.partition().topic())
          .put("partition", status.partition().partition())
          .put("isInput", status.isInput())
          .put("position", status.position())
          .put("begin", status.begin())
          .put("end", status.end())
          .put("lag", status.lag())
          .put("run", run(marker))
          .put("submitted", submitted(marker))
          .put("prefix", marker == null ? null : marker.prefix())
          .put("state", status.kind().name().toLowerCase(Locale.ROOT))
          .put("start", status.start())
          .put("problem", status.problem());
    }
    return json;
  }

  private PositionListing() {}
}
