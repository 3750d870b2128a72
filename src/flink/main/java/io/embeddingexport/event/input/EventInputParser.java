package io.embeddingexport.event.input;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput.Preset;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.MappingParser;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import io.embeddingexport.text.StrictText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of an input.
 *
 * <pre>
 * input = format: thrift | json | avro | protobuf | raw
 *         [topics: [name, ...]]
 *         [preset: debezium | kserve-v2]
 *         [schema: {@link SchemaReader}]
 *         {@link MappingParser the fields of a mapping}
 * </pre>
 *
 * JSON without the fields of a mapping, and Thrift, are events in our own form.
 */
final class EventInputParser {
  /** Longest text that is read, in bytes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of("format", "topics", "preset", "schema"), MappingParser.FIELDS.stream())
          .toList();
  private static final Map<String, EventFormat> FORMATS = words(EventFormat.values());
  private static final Map<String, Preset> PRESETS = words(Preset.values());

  /** Kafka's rule for topic names. */
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private final FieldReader fields;
  private final List<String> problems;

  private EventInputParser(Node.Mapping document, List<String> problems) {
    this.fields = new FieldReader(document, "", FIELDS, problems);
    this.problems = problems;
  }

  static EventInput read(String source, byte[] text) throws InvalidInputException {
    List<String> problems = new ArrayList<>();
    List<Node> documents = StrictText.read(text, MAX_BYTES, problems);
    EventInput input = null;
    if (documents.size() == 1 && documents.get(0) instanceof Node.Mapping document) {
      input = new EventInputParser(document, problems).read();
    } else if (problems.isEmpty()) {
      problems.add("is not one description of an input; write format, and where the parts are");
    }
    if (input == null || !problems.isEmpty()) {
      throw new InvalidInputException(source, problems);
    }
    return input;
  }

  private @Nullable EventInput read() {
    fields.require("format", "write one of " + String.join(", ", FORMATS.keySet()));
    EventFormat format = fields.choice("format", FORMATS);
    Preset preset = fields.choice("preset", PRESETS);
    List<String> topics = topics();
    SchemaSource schema = SchemaReader.read(fields, format, problems);
    boolean own = MappingParser.FIELDS.stream().noneMatch(fields::has);
    EventMapping mapping = null;
    if (format == EventFormat.THRIFT) {
      refuseMapping();
    } else if (!(own && format == EventFormat.JSON && preset == null)) {
      mapping = MappingParser.read(fields, problems);
    }
    if (mapping != null && preset == Preset.DEBEZIUM) {
      mapping = Debezium.complete(mapping);
    }
    if (preset == Preset.KSERVE_V2
        && format != null
        && format != EventFormat.PROTOBUF
        && format != EventFormat.JSON) {
      fields.problem("preset", fields.line("preset"), "kserve-v2 is a form of protobuf and json");
    }
    if (mapping != null && format == EventFormat.RAW) {
      PathCheck.refusePaths(mapping, fields);
    }
    return format == null ? null : new EventInput(topics, format, mapping, preset, schema);
  }

  private void refuseMapping() {
    for (String field : MappingParser.FIELDS) {
      if (fields.has(field)) {
        fields.problem(
            field, fields.line(field), "is given by the Thrift struct; remove it, or the format");
      }
    }
  }

  private List<String> topics() {
    List<String> topics = new ArrayList<>();
    Node node = fields.get("topics");
    if (node == null) {
      return topics;
    }
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      fields.problem("topics", node, "is not a list of topics; write [NAME, ...]");
      return topics;
    }
    for (Node item : list.items()) {
      if (item instanceof Scalar scalar && TOPIC.matcher(scalar.text()).matches()) {
        if (topics.contains(scalar.text())) {
          fields.problem("topics", item, "is there twice; keep one");
        }
        topics.add(scalar.text());
      } else {
        fields.problem(
            "topics", item, "is not a topic's name: use letters, digits, '.', '_' and '-'");
      }
    }
    return topics;
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Stream.of(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity(),
                (a, b) -> a,
                LinkedHashMap::new));
  }
}
