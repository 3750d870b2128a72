package io.embeddingexport.keys;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns one document into a key config, adding what is wrong with it to a list of problems. */
final class KeyConfigReader {
  private static final List<String> CONFIG_FIELDS =
      List.of(
          "model", "version", "keys", "entity-id-feature", "event-time-feature", "output-topic");
  private static final List<String> KEY_FIELDS =
      List.of("name", "key", "feature", "dtype", "shape", "encoding", "optional", "non-finite");
  private static final Map<String, DataType> DATA_TYPES = dataTypes();
  private static final Map<String, Boolean> ENCODINGS = words("raw", false, "typed", true);
  private static final Map<String, NonFinite> NON_FINITE =
      words("accept", NonFinite.ACCEPT, "reject", NonFinite.REJECT);

  /** Kafka's rule for topic names ({@code org.apache.kafka.common.internals.Topic}). */
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private final List<String> problems;

  KeyConfigReader(List<String> problems) {
    this.problems = problems;
  }

  /** The config, or null if there are problems. */
  @Nullable KeyConfig read(Node document) {
    int before = problems.size();
    if (!(document instanceof Node.Mapping mapping)) {
      problems.add(
          KeyConfigText.at(document.line(), "")
              + document.shown()
              + " is no key config; write a mapping");
      return null;
    }
    Fields fields = new Fields(mapping, "", CONFIG_FIELDS, problems);
    fields.require("model", "name the model whose events this is for");
    fields.require("version", "write 1, and a greater number at every change");
    String model = fields.text("model");
    Long version = fields.integer("version");
    if (version != null && version < 1) {
      fields.problem("version", fields.get("version"), "is less than 1; write 1 or more");
    }
    List<KeySpec> keys = keys(fields);
    Long entityIdKey = feature(fields, "entity-id-feature");
    Long eventTimeKey = feature(fields, "event-time-feature");
    String outputTopic = fields.text("output-topic");
    if (outputTopic != null && !TOPIC.matcher(outputTopic).matches()) {
      fields.problem(
          "output-topic",
          fields.get("output-topic"),
          "is no Kafka topic name; use 1 to 249 of a-z A-Z 0-9 . _ -, other than . and ..");
    }
    if (problems.size() > before || model == null || version == null) {
      return null;
    }
    return new KeyConfig(model, version, keys, entityIdKey, eventTimeKey, outputTopic);
  }

  private List<KeySpec> keys(Fields fields) {
    List<KeySpec> keys = new ArrayList<>();
    Node node = fields.require("keys", "list at least one");
    Node.Sequence list = node == null ? null : fields.list("keys", node);
    if (list == null) {
      return keys;
    }
    for (Node item : list.items()) {
      String path = "keys[" + keys.size() + "]";
      if (item instanceof Node.Mapping mapping) {
        keys.add(key(mapping, path));
      } else {
        fields.problem(path, item, "is no key; write a mapping");
      }
    }
    return problems.isEmpty() ? keys : List.of();
  }

  private @Nullable KeySpec key(Node.Mapping mapping, String path) {
    Fields fields = new Fields(mapping, path, KEY_FIELDS, problems);
    String name = fields.text("name");
    fields.require("key", "write the feature id");
    Long key = fields.integer("key");
    fields.require("dtype", "write one of " + String.join(", ", DATA_TYPES.keySet()));
    DataType dataType = fields.choice("dtype", DATA_TYPES);
    Shape shape = shape(fields);
    Boolean typed = fields.choice("encoding", ENCODINGS);
    NonFinite nonFinite = fields.choice("non-finite", NON_FINITE);
    boolean optional = fields.flag("optional");
    if (key == null || dataType == null || shape == null) {
      return null;
    }
    TensorEncoding encoding =
        typed != null && typed ? TensorEncoding.typed(dataType) : TensorEncoding.standard(dataType);
    if (encoding == null) {
      fields.problem("encoding", fields.get("encoding"), "is not defined for " + dataType);
      return null;
    }
    return new KeySpec(
        name == null ? key.toString() : name,
        key,
        dataType,
        shape,
        encoding,
        optional,
        nonFinite == null ? NonFinite.ACCEPT : nonFinite);
  }

  private static @Nullable Shape shape(Fields fields) {
    Node node =
        fields.require(
            "shape", "list the dimensions: [128]; -1 for one of any extent, [] for a scalar");
    Node.Sequence list = node == null ? null : fields.list("shape", node);
    if (list == null) {
      return null;
    }
    long[] dims = new long[list.items().size()];
    for (int i = 0; i < dims.length; i++) {
      Long dim = fields.integer("shape[" + i + "]", list.items().get(i));
      if (dim == null) {
        return null;
      }
      dims[i] = dim;
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      fields.problem("shape", node.line(), e.getMessage());
      return null;
    }
  }

  private static @Nullable Long feature(Fields fields, String field) {
    Node node = fields.get(field);
    return node == null ? null : fields.integer(field, node);
  }

  private static Map<String, DataType> dataTypes() {
    Map<String, DataType> types = new LinkedHashMap<>();
    Arrays.stream(DataType.values())
        .filter(DataType::isSupported)
        .forEach(type -> types.put(type.name().toLowerCase(Locale.ROOT), type));
    return types;
  }

  private static <T> Map<String, T> words(
      String first, T firstValue, String second, T secondValue) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(first, firstValue);
    words.put(second, secondValue);
    return words;
  }
}
