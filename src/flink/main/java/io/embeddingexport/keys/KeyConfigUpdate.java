package io.embeddingexport.keys;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A change of one model's key config, and the version rule: a model's version only grows. A config
 * replaces the known state of its model only if its version is greater; an equal or older one is
 * ignored. A retirement applies to any known version, and a greater one ends it.
 */
@PublicEvolving
public sealed interface KeyConfigUpdate extends KeyConfigMessage {
  String model();

  /**
   * The model's state after this update.
   *
   * @param present the known state; null if none
   * @return null if this update changes nothing and must be ignored
   */
  @Nullable ModelState over(@Nullable ModelState present);

  /** Puts a key config in force. */
  record Publish(KeyConfig config) implements KeyConfigUpdate {
    @Override
    public String model() {
      return config.model();
    }

    @Override
    public @Nullable ModelState over(@Nullable ModelState present) {
      return present == null || config.version() > present.version() ? config : null;
    }
  }

  /** Withdraws the model's key config. */
  record Retire(String model) implements KeyConfigUpdate {
    @Override
    public @Nullable ModelState over(@Nullable ModelState present) {
      if (present instanceof RetiredModel) {
        return null;
      }
      return present instanceof KeyConfig config
          ? new RetiredModel(model, config.version(), config.outputTopic())
          : new RetiredModel(model, 0, null);
    }
  }
}
