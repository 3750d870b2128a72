package io.embeddingexport.kafka;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.EnvelopeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Wraps each message unchanged. Decodes nothing, so it cannot fail: the export step decides the
 * outcome.
 */
public final class EnvelopeDeserializationSchema
    implements KafkaRecordDeserializationSchema<Envelope> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Envelope> out) {
    out.collect(envelope(message));
  }

  /** The message, unchanged. */
  public static Envelope envelope(ConsumerRecord<byte[], byte[]> message) {
    return new Envelope(
        message.key(),
        message.value(),
        message.headers().toArray(),
        message.timestamp(),
        message.topic(),
        message.partition(),
        message.offset());
  }

  @Override
  public TypeInformation<Envelope> getProducedType() {
    return EnvelopeTypeInfo.INSTANCE;
  }
}
