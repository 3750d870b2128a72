package io.embeddingexport.keys;

/**
 * What is known of one model: its key config in force, or that it is retired. Its version never
 * falls ({@link KeyConfigUpdate#over}).
 */
public sealed interface ModelState permits KeyConfig, RetiredModel {
  String model();

  /** The greatest version the model has had; of a {@link KeyConfig} its own. */
  long version();
}
