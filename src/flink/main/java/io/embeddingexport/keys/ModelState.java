package io.embeddingexport.keys;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The state of one model: its key config in force, or retired. Its version never falls ({@link
 * KeyConfigUpdate#over}).
 */
@PublicEvolving
public sealed interface ModelState permits KeyConfig, RetiredModel {
  String model();

  /** The greatest version the model has had; a {@link KeyConfig}'s own. */
  long version();
}
