package io.embeddingexport.kafka;

import io.embeddingexport.flink.types.Envelope;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes envelopes of a consumer's messages. */
public final class Envelopes {

  /** The message, unchanged. Its arrays are not copied. */
  public static Envelope of(ConsumerRecord<byte[], byte[]> message) {
    return new Envelope(
        message.key(),
        message.value(),
        message.headers().toArray(),
        message.timestamp(),
        message.topic(),
        message.partition(),
        message.offset());
  }

  private Envelopes() {}
}
