package io.embeddingexport.event.input;

import io.embeddingexport.event.registry.RegistrySettings;
import org.jspecify.annotations.Nullable;

/** Where the schema of an input's events is. */
public sealed interface SchemaSource {

  /**
   * In a file.
   *
   * @param file its name, as the input's text has it
   * @param message full name of the events' message; null for Avro
   */
  record InFile(String file, @Nullable String message) implements SchemaSource {}

  /** In a registry, by the id that each message has. */
  record InRegistry(RegistrySettings settings) implements SchemaSource {}
}
