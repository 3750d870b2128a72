package io.embeddingexport.cli.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Prints the contents of a key-config topic, one JSON object per line: {@code
 * {"model":…,"version":…}} for each model, {@code {"problem":…}} for each message that should not
 * be there.
 */
final class ListingJson {
  private final PrintWriter out;

  ListingJson(PrintWriter out) {
    this.out = out;
  }

  void print(TopicContents contents) throws IOException {
    // Not closed: that would close the writer too.
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.setRootValueSeparator(new SerializedString(""));
    for (LiveModel standing : contents.models()) {
      write(standing, json);
    }
    for (TopicProblem problem : contents.problems()) {
      json.writeStartObject();
      json.writeStringField("problem", problem.text());
      json.writeStringField("model", problem.model());
      end(problem.place(), json);
    }
    json.flush();
  }

  private static void write(LiveModel standing, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", standing.entry().model());
    json.writeNumberField("version", standing.entry().version());
    if (standing.entry() instanceof KeyConfig config) {
      json.writeStringField("state", "in-force");
      json.writeNumberField("keys", config.keys().size());
      long bytes = config.template().build().fixedSize();
      if (bytes < 0) {
        json.writeNullField("recordBytes");
      } else {
        json.writeNumberField("recordBytes", bytes);
      }
      json.writeStringField("outputTopic", config.outputTopic());
    } else {
      json.writeStringField("state", "retired");
    }
    json.writeStringField("published", standing.place().time());
    end(standing.place(), json);
  }

  private static void end(MessagePosition place, JsonGenerator json) throws IOException {
    json.writeNumberField("partition", place.partition());
    json.writeNumberField("offset", place.offset());
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
