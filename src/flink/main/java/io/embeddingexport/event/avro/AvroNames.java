package io.embeddingexport.event.avro;

import java.util.Locale;
import org.apache.avro.Schema;

/** The words for types in messages. */
final class AvroNames {

  /** A type with its article: {@code an array}. */
  static String of(Schema schema) {
    String type = schema.getType().getName();
    return switch (schema.getType()) {
      case BYTES -> type;
      case INT, ENUM, ARRAY -> "an " + type;
      default -> "a " + type;
    };
  }

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private AvroNames() {}
}
