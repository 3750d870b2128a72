package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.Shape;
import java.util.HexFormat;

/**
 * The fields of a JSON object, by type. A wrong field is an {@link InvalidLineException} that names
 * its path.
 *
 * @param path of the object in the line; empty for the line itself
 */
record VectorFields(JsonNode node, String path) {

  VectorFields {
    path = path.isEmpty() || path.endsWith(".") ? path : path + ".";
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  String path(String field) {
    return path + field;
  }

  JsonNode get(String field) throws InvalidLineException {
    if (!has(field)) {
      throw InvalidLineException.of("'" + path + field + "' is missing");
    }
    return node.get(field);
  }

  JsonNode array(String field) throws InvalidLineException {
    JsonNode value = get(field);
    if (!value.isArray()) {
      throw invalid(field, "is not an array");
    }
    return value;
  }

  VectorFields object(String field) throws InvalidLineException {
    return new VectorFields(get(field), path + field);
  }

  String text(String field) throws InvalidLineException {
    return toText(get(field), path + field);
  }

  long integer(String field) throws InvalidLineException {
    return toLong(get(field), path + field);
  }

  Bytes hex(String field) throws InvalidLineException {
    return toBytes(get(field), path + field);
  }

  /** A double from its bits if given, else from its value. */
  double number(String field) throws InvalidLineException {
    if (!has("bits")) {
      return toDouble(get(field), path + field);
    }
    Bytes bits = hex("bits");
    if (bits.length() != 8) {
      throw invalid("bits", "are not 16 hex digits");
    }
    return bits.asByteBuffer().getDouble();
  }

  Shape shape(String field) throws InvalidLineException {
    JsonNode dims = array(field);
    long[] shape = new long[dims.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = toLong(dims.get(i), path + field + "[" + i + "]");
      if (shape[i] < 0) {
        throw invalid(field, "has a dimension below 0: " + shape[i]);
      }
    }
    try {
      return Shape.of(shape);
    } catch (IllegalArgumentException e) {
      throw InvalidLineException.of("'" + path + field + "': " + e.getMessage());
    }
  }

  InvalidLineException invalid(String field, String problem) {
    return InvalidLineException.of("'" + path + field + "' " + problem);
  }

  static long toLong(JsonNode value, String path) throws InvalidLineException {
    return toInteger(value, path, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static long toInteger(JsonNode value, String path, long min, long max)
      throws InvalidLineException {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw InvalidLineException.of(
          "'" + path + "' is not an integer from " + min + " to " + max + ": " + shown(value));
    }
    return value.longValue();
  }

  /** A number, or "NaN", "Infinity" or "-Infinity". */
  static double toDouble(JsonNode value, String path) throws InvalidLineException {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw InvalidLineException.of(
              "'" + path + "' is not a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    };
  }

  static String toText(JsonNode value, String path) throws InvalidLineException {
    if (!value.isTextual()) {
      throw InvalidLineException.of("'" + path + "' is not a string");
    }
    return value.textValue();
  }

  static Bytes toBytes(JsonNode value, String path) throws InvalidLineException {
    try {
      return Bytes.of(HexFormat.of().parseHex(toText(value, path)));
    } catch (IllegalArgumentException e) {
      throw InvalidLineException.of("'" + path + "' is not hex: two digits per byte");
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 30 ? text : text.substring(0, 30) + "…";
  }
}
