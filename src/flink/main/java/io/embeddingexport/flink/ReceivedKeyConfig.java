package io.embeddingexport.flink;

import io.embeddingexport.export.CompiledKeyConfig;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A key-config message: as received, for the dead letter it may become, and parsed and compiled, so
 * the task's thread has only to put it in force. Immutable.
 *
 * @param compiled null unless the message publishes a key config
 * @param topicId id of the source topic; differs from that of a deleted topic of the same name.
 *     Empty if the source knows none
 */
@PublicEvolving
public record ReceivedKeyConfig(
    Envelope envelope,
    KeyConfigMessage message,
    @Internal @Nullable CompiledKeyConfig compiled,
    String topicId) {

  @Internal
  public ReceivedKeyConfig {}

  /** Reads a message with the model as key and the key config as value. Never throws. */
  public static ReceivedKeyConfig of(Envelope envelope, String topicId) {
    KeyConfigMessage message =
        KeyConfigMessage.decode(envelope.toString(), envelope.key(), envelope.value());
    return new ReceivedKeyConfig(
        envelope,
        message,
        message instanceof Publish publish ? CompiledKeyConfig.of(publish.config()) : null,
        topicId);
  }

  /** This message, refused. */
  public ReceivedKeyConfig refusedAs(KeyConfigMessage.Invalid why) {
    return new ReceivedKeyConfig(envelope, why, null, topicId);
  }
}
