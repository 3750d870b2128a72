package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.trial.SeenTensor;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.text.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what could be tensors: lists of numbers, and bytes that read as floats. */
final class TensorChoices {
  private static final int MOST = 64;
  private static final Set<String> VECTOR_WORDS =
      Set.of("embedding", "embeddings", "emb", "vector", "vectors", "vec");

  private final Probe probe;
  private final String before;

  /** Messages that are no events whatever the tensor is. */
  private final int failuresBefore;

  /**
   * @param before the lines of the mapping that are found already
   */
  TensorChoices(Probe probe, String before) {
    this.probe = probe;
    this.before = before;
    this.failuresBefore = probe.of(before + Probe.ANY_TENSOR).failures();
  }

  /**
   * The mapping's lines.
   *
   * @param fields null: there are none, so the whole value is the tensor
   */
  String find(@Nullable List<Candidate> fields) throws CommandException {
    if (fields == null) {
      return "tensors:\n  embedding: {kafka: value}\n";
    }
    Map<String, String> found = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    List<String> bytes = new ArrayList<>();
    for (Candidate field : fields) {
      if (found.size() == MOST) {
        break;
      }
      String source = source(field, refused);
      if (source != null) {
        String name = field.tensorName();
        found.putIfAbsent(found.containsKey(name) ? field.longName() : name, source);
      } else if (field.type() == Leaf.BYTES) {
        bytes.add(YamlText.of(field.path().toString()));
      }
    }
    if (found.isEmpty()) {
      return all(fields, refused);
    }
    StringBuilder lines = new StringBuilder();
    if (found.values().stream().anyMatch(source -> source.endsWith("dtype: float}"))) {
      lines.append("# dtype: float makes 32-bit floats of doubles\n");
    }
    if (!bytes.isEmpty()) {
      lines
          .append("# left out, since these bytes do not read as little-endian floats: ")
          .append(String.join(", ", bytes))
          .append(
              "\n# if one is a tensor, add NAME: {path: PATH, from: TYPE} (docs/events.md#elements)\n");
    }
    lines.append("tensors:\n");
    found.forEach(
        (name, source) ->
            lines.append("  ").append(YamlText.of(name)).append(": ").append(source).append('\n'));
    return lines.toString();
  }

  /** The source of a tensor in the mapping; null if the field is none. */
  private @Nullable String source(Candidate field, List<String> refused) {
    String path = YamlText.of(field.path().toString());
    if (field.element() != null) {
      boolean isVector = field.words().stream().anyMatch(VECTOR_WORDS::contains);
      return field.element() == Leaf.WHOLE && !isVector
          ? ofNumbers(path, refused, "{path: " + path + ", dtype: int64}", path)
          : ofNumbers(path, refused, "{path: " + path + ", dtype: float}", path);
    }
    if (field.type() == Leaf.BYTES || field.type() == Leaf.TEXT) {
      List<SeenTensor> tensors = tensors(path);
      boolean isFloats =
          !tensors.isEmpty()
              && tensors.stream()
                  .allMatch(
                      tensor ->
                          tensor.dataType() == DataType.FLOAT
                              && tensor.isLikely()
                              && tensor.shape().fixedElementCount() > 1);
      return isFloats ? path : null;
    }
    return null;
  }

  /** The shortest source that is of the same type as {@code stated}, else the first that fits. */
  private @Nullable String ofNumbers(
      String path, List<String> refused, String stated, String plain) {
    List<SeenTensor> asStated = tensors(stated);
    List<SeenTensor> asSent = tensors(plain);
    if (asStated.isEmpty() && asSent.isEmpty()) {
      refused.add(path);
      return null;
    }
    boolean same = types(asStated).equals(types(asSent));
    return asStated.isEmpty() || same ? plain : stated;
  }

  private static List<DataType> types(List<SeenTensor> tensors) {
    return tensors.stream().map(SeenTensor::dataType).distinct().toList();
  }

  /** The tensors of a source; none if it makes messages fail. */
  private List<SeenTensor> tensors(String source) {
    Probed result = probe.of(before + "tensors: {t: " + source + "}\n");
    return result.failures() > failuresBefore
        ? List.of()
        : result.events().stream()
            .flatMap(event -> event.tensors().stream())
            .filter(tensor -> tensor.shape().fixedElementCount() > 0)
            .toList();
  }

  private String all(List<Candidate> fields, List<String> refused) throws CommandException {
    for (Candidate field : fields) {
      String line = "tensors: " + YamlText.of(field.path() + ".*") + "\n";
      if (field.isMapOfTensors() && probe.of(before + line).failures() <= failuresBefore) {
        return line;
      }
    }
    throw new CommandException(
        "no field of the messages is a tensor: "
            + (refused.isEmpty()
                ? "none is a list of numbers, or bytes that read as floats"
                : String.join(", ", refused) + " cannot be read as one")
            + "; write a mapping by hand (docs/events.md)");
  }
}
