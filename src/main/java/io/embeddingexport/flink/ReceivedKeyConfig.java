package io.embeddingexport.flink;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfigMessage;

/**
 * A key-config message: as received, for the dead letter it may become, and as parsed. Immutable.
 *
 * @param topicId id of the source topic; differs from that of a deleted topic of the same name.
 *     Empty if the source knows none
 */
public record ReceivedKeyConfig(Envelope envelope, KeyConfigMessage message, String topicId) {

  /** Reads a message with the model as key and the key config as value. Never throws. */
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
