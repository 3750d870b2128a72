package io.embeddingexport.keys;

import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import io.embeddingexport.text.Node.Scalar.Kind;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns one document into a key config; problems are added to a list. */
final class KeyConfigReader {
  private static final List<String> FIELDS =
      List.of(
          "model",
          "version",
          "keys",
          "entity-id-feature",
          "entity-id-text-feature",
          "event-time-feature",
          "output-topic",
          "consumers");

  /** Kafka's rule for topic names ({@code org.apache.kafka.common.internals.Topic}). */
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private final FieldReader fields;
  private final List<String> problems;

  /** Path of the first use of each feature id or name. */
  private final Map<Long, String> ids = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  /** Names that feature ids are derived from, by id. */
  private final Map<Long, String> features = new HashMap<>();

  private KeyConfigReader(Node.Mapping document, List<String> problems) {
    this.fields = new FieldReader(document, "", FIELDS, problems);
    this.problems = problems;
  }

  /** The config, or null if there are problems. */
  static @Nullable KeyConfig read(Node document, List<String> problems) {
    if (document instanceof Node.Mapping mapping) {
      return new KeyConfigReader(mapping, problems).read();
    }
    problems.add(
        StrictText.at(document.line(), "")
            + document.shown()
            + " is not a key config; write a mapping that has a model, a version and keys");
    return null;
  }

  private @Nullable KeyConfig read() {
    int before = problems.size();
    fields.require("model", "name the model whose events this is for");
    String model = fields.text("model");
    Long version = version();
    Set<ConsumerProfile> consumers = consumers();
    List<KeySpec> keys = keys(consumers);
    Long entityIdKey = feature("entity-id-feature");
    Long entityTextKey = feature("entity-id-text-feature");
    Long eventTimeKey = feature("event-time-feature");
    String outputTopic = outputTopic();
    if (model == null || version == null || problems.size() > before) {
      return null;
    }
    KeyConfig config =
        new KeyConfig(
            model,
            version,
            keys,
            entityIdKey,
            entityTextKey,
            eventTimeKey,
            outputTopic,
            consumers,
            features);
    return isBounded(config) ? config : null;
  }

  private boolean isBounded(KeyConfig config) {
    long recordBytes = config.template().build().fixedSize();
    if (recordBytes > KeyConfigParser.MAX_RECORD_BYTES) {
      fields.problem(
          "keys",
          fields.line("keys"),
          "every record would have "
              + recordBytes
              + " bytes, but at most "
              + KeyConfigParser.MAX_RECORD_BYTES
              + " are possible; make the shapes smaller");
      return false;
    }
    // Flink's state has this form, which must stay readable.
    int canonicalBytes = KeyConfigJson.write(config).getBytes(StandardCharsets.UTF_8).length;
    if (canonicalBytes > KeyConfigParser.MAX_BYTES) {
      fields.problem(
          "keys",
          fields.line("keys"),
          "the config has "
              + canonicalBytes
              + " bytes when written out as JSON, but at most "
              + KeyConfigParser.MAX_BYTES
              + " are possible; list fewer keys");
      return false;
    }
    return true;
  }

  private @Nullable Long version() {
    Node node = fields.require("version", "write 1, and a greater number at every change");
    Long version = fields.integer("version");
    if (node != null && version != null && version < 1) {
      fields.problem("version", node, "is less than 1; write 1 or more");
    }
    return version;
  }

  private Set<ConsumerProfile> consumers() {
    Set<ConsumerProfile> consumers = EnumSet.noneOf(ConsumerProfile.class);
    Node node = fields.get("consumers");
    if (node == null) {
      return consumers;
    }
    if (!(node instanceof Node.Sequence list)) {
      fields.problem("consumers", node, "is not a list; write one like [navi]");
      return consumers;
    }
    for (int i = 0; i < list.items().size(); i++) {
      ConsumerProfile consumer =
          fields.choice("consumers[" + i + "]", list.items().get(i), ConsumerProfile.BY_LABEL);
      if (consumer != null) {
        consumers.add(consumer);
      }
    }
    return consumers;
  }

  private List<KeySpec> keys(Set<ConsumerProfile> consumers) {
    Node node = fields.require("keys", "list one entry per tensor");
    List<KeySpec> specs = new ArrayList<>();
    if (node == null) {
      return specs;
    }
    if (!(node instanceof Node.Sequence list)) {
      fields.problem("keys", node, "is not a list; list one entry per tensor");
      return specs;
    }
    if (list.items().isEmpty()) {
      fields.problem("keys", node.line(), "has no entry; list one entry per tensor");
    }
    for (int i = 0; i < list.items().size(); i++) {
      String path = "keys[" + i + "]";
      Node item = list.items().get(i);
      if (item instanceof Node.Mapping mapping) {
        KeyEntry entry = KeyEntry.read(mapping, path, problems);
        unique(names, entry.name(), "name", path, entry.line());
        unique(ids, entry.key(), "feature id", path, entry.line());
        KeySpec spec = entry.spec();
        if (spec != null) {
          specs.add(spec);
          consumers.forEach(consumer -> readable(spec, consumer, path, entry.line()));
        }
        if (entry.key() != null && entry.feature() != null) {
          features.put(entry.key(), entry.feature());
        }
      } else {
        fields.problem(path, item, "is not a key; write a mapping that has a dtype and a shape");
      }
    }
    return specs;
  }

  private void readable(KeySpec spec, ConsumerProfile consumer, String path, int line) {
    String misfit = consumer.misfit(spec);
    if (misfit != null) {
      fields.problem(path, line, misfit + ", or remove it from consumers");
    }
  }

  private @Nullable Long feature(String field) {
    Node node = fields.get(field);
    if (node == null) {
      return null;
    }
    Long id;
    if (node instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      String name = fields.text(field);
      id = name == null ? null : FeatureId.of(name);
      if (id != null) {
        features.put(id, name);
      }
    } else {
      id = fields.integer(field, node);
    }
    unique(ids, id, "feature id", field, node.line());
    return id;
  }

  private @Nullable String outputTopic() {
    String topic = fields.text("output-topic");
    if (topic != null && !TOPIC.matcher(topic).matches()) {
      fields.problem(
          "output-topic",
          fields.line("output-topic"),
          SafeText.quoted(topic)
              + " is not a Kafka topic name; use 1 to 249 of a-z A-Z 0-9 . _ - but not . or ..");
    }
    return topic;
  }

  private <T> void unique(
      Map<T, String> taken, @Nullable T value, String kind, String path, int line) {
    String first = value == null ? null : taken.putIfAbsent(value, path);
    if (first != null) {
      String shown = value instanceof String text ? SafeText.quoted(text) : value.toString();
      fields.problem(
          path,
          line,
          kind + " " + shown + " is already used by " + first + "; use a different one");
    }
  }
}
