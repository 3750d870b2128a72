package io.embeddingexport.event.registry;

import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.List;
import java.util.Map;

/**
 * A schema of a registry. Immutable.
 *
 * @param type {@code AVRO}, {@code PROTOBUF} or {@code JSON}
 * @param text of the schema
 * @param references texts of the schemas it refers to, and of those that they refer to, by the
 *     names it uses
 */
public record RegisteredSchema(String type, String text, Map<String, String> references) {
  public static final String AVRO = "AVRO";
  public static final String PROTOBUF = "PROTOBUF";

  public RegisteredSchema {
    references = Map.copyOf(references);
  }

  /** Requires the schema to be of a type. */
  public void requireType(String source, String expected) throws InvalidSchemaException {
    if (!type.equals(expected)) {
      throw new InvalidSchemaException(
          source, List.of("is of type " + type + "; set the mapping's format accordingly"));
    }
  }
}
