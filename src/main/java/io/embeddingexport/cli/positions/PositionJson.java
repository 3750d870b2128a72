package io.embeddingexport.cli.positions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Prints positions as one JSON object. Missing values are null. */
final class PositionJson {
  private final PrintWriter out;

  PositionJson(PrintWriter out) {
    this.out = out;
  }

  void print(PositionReport report) throws IOException {
    // Not closed: that would close the writer too.
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.writeStartObject();
    json.writeStringField("group", report.groupId());
    json.writeBooleanField("starts", report.problems().isEmpty());
    json.writeArrayFieldStart("problems");
    for (String problem : report.problems()) {
      json.writeString(problem);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("partitions");
    for (PositionStatus status : report.partitions()) {
      write(status, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private static void write(PositionStatus status, JsonGenerator json) throws IOException {
    PositionMarker marker = status.marker();
    json.writeStartObject();
    json.writeStringField("topic", status.partition().topic());
    json.writeNumberField("partition", status.partition().partition());
    json.writeBooleanField("isInput", status.isInput());
    number("position", status.position(), json);
    json.writeNumberField("begin", status.begin());
    json.writeNumberField("end", status.end());
    number("lag", status.lag(), json);
    json.writeStringField("run", marker == null ? null : marker.run().id());
    json.writeStringField("submitted", marker == null ? null : marker.run().submitted().toString());
    json.writeStringField("prefix", marker == null ? null : marker.prefix());
    json.writeStringField("state", status.standing().name().toLowerCase(java.util.Locale.ROOT));
    number("start", status.start(), json);
    json.writeStringField("problem", status.problem());
    json.writeEndObject();
  }

  private static void number(String name, @Nullable Long value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
