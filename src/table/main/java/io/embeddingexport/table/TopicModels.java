package io.embeddingexport.table;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of a key-config topic, by the version rule of the jobs that follow it. A refused
 * message leaves the key config before it in force. Not thread-safe.
 */
final class TopicModels {
  private final Map<String, ModelState> states = new TreeMap<>();
  private final Map<String, String> refusals = new HashMap<>();

  /**
   * Takes the topic's next message.
   *
   * @param position of the message, as people name it
   */
  void add(String position, byte @Nullable [] key, byte @Nullable [] value) {
    KeyConfigMessage message = KeyConfigMessage.decode(position, key, value);
    if (message instanceof KeyConfigUpdate update) {
      ModelState next = update.over(states.get(update.model()));
      if (next != null) {
        states.put(update.model(), next);
      }
    } else if (message instanceof Invalid invalid && invalid.model() != null) {
      refusals.put(invalid.model(), invalid.detail());
    }
  }

  /**
   * The key config of a model in force.
   *
   * @throws IllegalArgumentException if there is none; the message says why, and what to do
   */
  KeyConfig inForce(String model) {
    ModelState state = states.get(model);
    if (state instanceof KeyConfig config) {
      return config;
    }
    String quoted = SafeText.quoted(model);
    if (state != null) {
      throw new IllegalArgumentException(
          "model "
              + quoted
              + " is retired, at version "
              + state.version()
              + "; publish a greater version, or name a model that is in force");
    }
    String refusal = refusals.get(model);
    throw new IllegalArgumentException(
        refusal == null
            ? "the topic has no model " + quoted + otherModels(model)
            : "the key config of model " + quoted + " is refused: " + refusal);
  }

  private String otherModels(String model) {
    return states.isEmpty()
        ? ", and no other; publish its key config with 'keys publish'"
        : Suggestion.of(model, states.keySet());
  }
}
