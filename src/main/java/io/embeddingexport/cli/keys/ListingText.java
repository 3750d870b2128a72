package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** Prints the contents of a key-config topic as a table, with its problems below. */
final class ListingText {
  private final PrintWriter out;

  ListingText(PrintWriter out) {
    this.out = out;
  }

  void print(TopicContents contents, String topic) {
    if (contents.models().isEmpty()) {
      out.println("topic '" + topic + "' has no key config; 'keys publish FILE' publishes one");
    } else {
      TextTable table =
          new TextTable(
              Set.of(1, 3, 4, 7),
              "MODEL",
              "VERSION",
              "STATE",
              "KEYS",
              "RECORD BYTES",
              "OUTPUT TOPIC",
              "PUBLISHED",
              "AT");
      contents.models().forEach(standing -> add(standing, table));
      table.print("", out);
    }
    if (!contents.problems().isEmpty()) {
      out.println();
      out.println("problems:");
      contents.problems().forEach(problem -> out.println("  " + problem.text()));
    }
  }

  private static void add(LiveModel standing, TextTable table) {
    MessagePosition place = standing.place();
    String model = SafeText.of(standing.entry().model());
    String version = Long.toString(standing.entry().version());
    String at = place.partition() + "@" + place.offset();
    if (standing.entry() instanceof KeyConfig config) {
      long bytes = config.template().build().fixedSize();
      table.row(
          model,
          version,
          "in force",
          Integer.toString(config.keys().size()),
          bytes < 0 ? "varies" : String.format(Locale.ROOT, "%,d", bytes),
          config.outputTopic() == null ? "the job's" : config.outputTopic(),
          place.time(),
          at);
    } else {
      table.row(
          model,
          standing.entry().version() == 0 ? "unknown" : version,
          "retired",
          "-",
          "-",
          "-",
          place.time(),
          at);
    }
  }
}
