package io.embeddingexport.flink;

import io.embeddingexport.keys.KeyConfigMessage;

/**
 * A message of key configs: as it came, for the dead letter it may become, and what it says.
 * Immutable.
 */
public record ReceivedKeyConfig(Envelope envelope, KeyConfigMessage message) {

  /** Reads a message, whose key is the model and whose value the key config. Never throws. */
  public static ReceivedKeyConfig of(Envelope envelope) {
    return new ReceivedKeyConfig(
        envelope, KeyConfigMessage.decode(envelope.toString(), envelope.key(), envelope.value()));
  }
}
