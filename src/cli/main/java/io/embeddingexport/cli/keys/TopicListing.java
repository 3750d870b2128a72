package io.embeddingexport.cli.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.cli.keys.TopicContents.LiveModel;
import io.embeddingexport.cli.keys.TopicContents.TopicProblem;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The two forms of {@code keys list}. */
final class TopicListing {

  /** Prints the contents of a key-config topic as a table, with its problems below. */
  static void print(TopicContents contents, String topic, PrintWriter out) {
    if (contents.models().isEmpty()) {
      out.println("topic '" + topic + "' has no key config; 'keys publish FILE' publishes one");
    } else {
      new TextTable<LiveModel>()
          .column("MODEL", live -> SafeText.of(live.entry().model()))
          .number("VERSION", TopicListing::version)
          .column("STATE", live -> live.entry() instanceof KeyConfig ? "in force" : "retired")
          .number("KEYS", live -> ofConfig(live, config -> config.keys().size()))
          .number("RECORD BYTES", live -> ofConfig(live, TopicListing::recordBytes))
          .column("OUTPUT TOPIC", live -> ofConfig(live, TopicListing::outputTopic))
          .column("PUBLISHED", live -> live.position().time())
          .number("AT", live -> live.position().partition() + "@" + live.position().offset())
          .print("", List.copyOf(contents.models()), out);
    }
    if (!contents.problems().isEmpty()) {
      out.println();
      out.println("problems:");
      contents.problems().forEach(problem -> out.println("  " + problem.text()));
    }
  }

  private static Object version(LiveModel live) {
    long version = live.entry().version();
    return version == 0 && !(live.entry() instanceof KeyConfig) ? "unknown" : version;
  }

  private static Object ofConfig(LiveModel live, Function<KeyConfig, Object> cell) {
    return live.entry() instanceof KeyConfig config ? cell.apply(config) : "-";
  }

  private static String recordBytes(KeyConfig config) {
    Long bytes = fixedSize(config);
    return bytes == null ? "varies" : String.format(Locale.ROOT, "%,d", bytes);
  }

  private static String outputTopic(KeyConfig config) {
    return Objects.requireNonNullElse(config.outputTopic(), "the job's");
  }

  private static @Nullable Long fixedSize(KeyConfig config) {
    long bytes = config.template().build().fixedSize();
    return bytes < 0 ? null : bytes;
  }

  /**
   * An object {@code {"model":…,"version":…}} for each model, and one {@code {"problem":…}} for
   * each message that should not be there.
   */
  static List<ObjectNode> json(TopicContents contents) {
    List<ObjectNode> lines = new ArrayList<>();
    for (LiveModel live : contents.models()) {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("model", live.entry().model())
              .put("version", live.entry().version());
      if (live.entry() instanceof KeyConfig config) {
        json.put("state", "in-force")
            .put("keys", config.keys().size())
            .put("recordBytes", fixedSize(config))
            .put("outputTopic", config.outputTopic());
      } else {
        json.put("state", "retired");
      }
      lines.add(at(live.position(), json.put("published", live.position().time())));
    }
    for (TopicProblem problem : contents.problems()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("problem", problem.text());
      lines.add(at(problem.position(), json.put("model", problem.model())));
    }
    return lines;
  }

  private static ObjectNode at(MessagePosition position, ObjectNode json) {
    return json.put("partition", position.partition()).put("offset", position.offset());
  }

  private TopicListing() {}
}
