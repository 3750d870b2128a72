package io.embeddingexport.flink;

import io.embeddingexport.keys.KeyConfigMessage;

/**
 * A message of key configs: as it came, for the dead letter it may become, and what it says.
 * Immutable.
 *
 * @param topicId of the topic it was read from; differs from that of a topic of the same name that
 *     was deleted. Empty if the source knows none
 */
public record ReceivedKeyConfig(Envelope envelope, KeyConfigMessage message, String topicId) {

  /** Reads a message, whose key is the model and whose value the key config. Never throws. */
  public static ReceivedKeyConfig of(Envelope envelope, String topicId) {
    return new ReceivedKeyConfig(
        envelope,
        KeyConfigMessage.decode(envelope.toString(), envelope.key(), envelope.value()),
        topicId);
  }

  /** This message, refused. */
  public ReceivedKeyConfig refusedAs(KeyConfigMessage.Invalid why) {
    return new ReceivedKeyConfig(envelope, why, topicId);
  }
}
