package io.embeddingexport.event.registry;

import java.util.List;

/**
 * The schema of one message. Immutable.
 *
 * @param id in the registry
 * @param schema with that id
 * @param indexes the path to the message in its file; empty if the schema is not Protobuf
 */
public record FoundSchema(int id, RegisteredSchema schema, List<Integer> indexes) {
  public FoundSchema {
    indexes = List.copyOf(indexes);
  }

  /** Names the schema in messages. */
  public String source() {
    return "schema " + Integer.toUnsignedString(id) + " of the registry";
  }
}
