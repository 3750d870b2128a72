package io.embeddingexport.event.mapping;

import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.DeletionMark;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.EventMapping.Tensors;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping. Only a valid one is returned; otherwise every problem is named at once.
 *
 * <pre>
 * mapping = entity-id: source [+ from-string: decimal | int64 | feature-id | murmur3 | none]
 *           model: source
 *           [event-time: source [+ unit: seconds | millis | micros | nanos]]
 *           [key-config-version: source]
 *           [delete: source + value: text]
 *           tensors: {name: tensor, ...} | path ".*"
 * source  = path | {path: path} | {kafka: key | value | topic} | {header: name} | {constant: text}
 * tensor  = source [+ dtype, from, endian: little | big, scale, zero-point]
 * path    = {@link FieldPath}
 * </pre>
 *
 * "+" adds fields to a source in its long form.
 */
public final class MappingParser {
  /** The fields of a mapping. */
  public static final List<String> FIELDS =
      List.of("entity-id", "model", "event-time", "key-config-version", "delete", "tensors");

  private static final Map<String, EntityIdForm> FORMS =
      words(EntityIdForm.values(), EntityIdForm::label);
  private static final Map<String, EventTimeUnit> UNITS =
      words(EventTimeUnit.values(), unit -> unit.name().toLowerCase(Locale.ROOT));
  private static final String ALL = ".*";

  private final FieldReader fields;
  private final List<String> problems;
  private final SourceReader sources;

  private MappingParser(FieldReader fields, List<String> problems) {
    this.fields = fields;
    this.problems = problems;
    this.sources = new SourceReader(problems);
  }

  /** Reads a mapping whose fields are among others; null if there are problems. */
  public static @Nullable EventMapping read(FieldReader fields, List<String> problems) {
    return new MappingParser(fields, problems).read();
  }

  private @Nullable EventMapping read() {
    int before = problems.size();
    FieldReader id = sources.part(fields, "entity-id", "say where it is: a path", "from-string");
    FieldReader model =
        sources.part(fields, "model", "write a path, {kafka: topic} or {constant: NAME}");
    FieldReader time = sources.part(fields, "event-time", null, "unit");
    FieldReader version = sources.part(fields, "key-config-version", null);
    ValueSource entityId = sources.read(id);
    ValueSource modelSource = sources.read(model);
    ValueSource eventTime = sources.read(time);
    ValueSource versionSource = sources.read(version);
    EntityIdForm form = id == null ? null : id.choice("from-string", FORMS);
    EventTimeUnit unit = time == null ? null : time.choice("unit", UNITS);
    DeletionMark deletion = deletion();
    Tensors tensors = tensors();
    if (entityId == null || modelSource == null || tensors == null || problems.size() > before) {
      return null;
    }
    return new EventMapping(
        entityId,
        form == null ? EntityIdForm.DECIMAL : form,
        modelSource,
        eventTime,
        unit,
        versionSource,
        deletion,
        tensors);
  }

  private @Nullable DeletionMark deletion() {
    FieldReader mark = sources.part(fields, "delete", null, "value");
    ValueSource source = sources.read(mark);
    if (mark == null || source == null) {
      return null;
    }
    mark.require("value", "write the text that an event has there if it deletes");
    String value = mark.word("value");
    return value == null ? null : new DeletionMark(source, value);
  }

  private @Nullable Tensors tensors() {
    Node node =
        fields.require("tensors", "write NAME: PATH for each, or PATH.* for all in a field");
    if (node instanceof Node.Mapping listed) {
      return listed(listed);
    }
    if (node instanceof Scalar scalar && scalar.text().endsWith(ALL)) {
      String text = scalar.text().substring(0, scalar.text().length() - ALL.length());
      FieldPath path = sources.path(FieldPath.parse(text), "tensors", node);
      return path == null ? null : new AllIn(path);
    }
    if (node != null) {
      fields.problem("tensors", node, "is neither NAME: PATH for each, nor PATH.* for all");
    }
    return null;
  }

  private @Nullable Tensors listed(Node.Mapping listed) {
    if (listed.entries().isEmpty()) {
      fields.problem("tensors", listed.line(), "has no entries; write NAME: PATH for each");
      return null;
    }
    List<TensorSource> tensors = new ArrayList<>();
    FieldReader names = new FieldReader(listed, "tensors", listed.entries().keySet(), problems);
    for (String name : listed.entries().keySet()) {
      if (name.isBlank() || name.length() > FieldReader.MAX_TEXT_CHARS) {
        names.problem("", listed.line(), "a tensor's name has 1 to 255 characters; change it");
      }
      FieldReader fields =
          sources.part(names, name, "say where it is: a path", TensorFields.FIELDS);
      ValueSource source = sources.read(fields);
      TensorSource tensor =
          fields == null || source == null ? null : TensorFields.read(name, source, fields);
      if (tensor != null) {
        tensors.add(tensor);
      }
    }
    return new Listed(tensors);
  }

  static <T> Map<String, T> words(T[] values, Function<T, String> word) {
    return Arrays.stream(values)
        .collect(Collectors.toMap(word, value -> value, (a, b) -> a, LinkedHashMap::new));
  }
}
