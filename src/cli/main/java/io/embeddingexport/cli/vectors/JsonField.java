package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.Shape;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A JSON value and its place. A value of a wrong type is an {@link InvalidLineException} that names
 * the place.
 *
 * @param path in the line; empty for the line itself
 */
record JsonField(JsonNode node, String path) {

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  JsonField get(String name) {
    JsonField field = new JsonField(node.path(name), path.isEmpty() ? name : path + "." + name);
    if (!has(name)) {
      throw field.invalid("is missing");
    }
    return field;
  }

  JsonField array(String name) {
    JsonField field = get(name);
    if (!field.node.isArray()) {
      throw field.invalid("is not an array");
    }
    return field;
  }

  Stream<JsonField> elements() {
    return IntStream.range(0, node.size())
        .mapToObj(i -> new JsonField(node.get(i), path + "[" + i + "]"));
  }

  long toLong() {
    return toInteger(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  long toInteger(long min, long max) {
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      String text = node.toString();
      throw invalid(
          "is not an integer from %d to %d: %s"
              .formatted(min, max, text.length() <= 30 ? text : text.substring(0, 30) + "…"));
    }
    return node.longValue();
  }

  /** A number, or "NaN", "Infinity" or "-Infinity". */
  double toDouble() {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw invalid("is not a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    };
  }

  String toText() {
    if (!node.isTextual()) {
      throw invalid("is not a string");
    }
    return node.textValue();
  }

  Bytes toBytes() {
    try {
      return Bytes.of(HexFormat.of().parseHex(toText()));
    } catch (IllegalArgumentException e) {
      throw invalid("is not hex: two digits per byte");
    }
  }

  /** The field {@code shape}. */
  Shape shape(String name) {
    JsonField field = array(name);
    long[] shape = field.elements().mapToLong(JsonField::toLong).toArray();
    for (long dim : shape) {
      if (dim < 0) {
        throw field.invalid("has a dimension below 0: " + dim);
      }
    }
    try {
      return Shape.of(shape);
    } catch (IllegalArgumentException e) {
      throw InvalidLineException.of("'" + field.path + "': " + e.getMessage());
    }
  }

  InvalidLineException invalid(String problem) {
    return InvalidLineException.of("'" + path + "' " + problem);
  }
}
