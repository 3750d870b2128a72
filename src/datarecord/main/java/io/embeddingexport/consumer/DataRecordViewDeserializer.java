package io.embeddingexport.consumer;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as views: nothing is copied. A view keeps the whole response of the broker that it
 * came in; copy what you keep for long. A null value, which deletes a key, stays null.
 *
 * <p>Bytes that are no record are a {@link SerializationException} with the reason. Kafka's
 * consumer throws it inside a {@code RecordDeserializationException}, which has topic, partition
 * and offset; seek to the next offset to go on. Thread-safe.
 */
public final class DataRecordViewDeserializer implements Deserializer<DataRecordView> {

  @Override
  public @Nullable DataRecordView deserialize(String topic, byte @Nullable [] value) {
    return deserialize(topic, null, value == null ? null : ByteBuffer.wrap(value));
  }

  @Override
  public @Nullable DataRecordView deserialize(
      String topic, @Nullable Headers headers, @Nullable ByteBuffer value) {
    if (value == null) {
      return null;
    }
    try {
      return DataRecordReader.read(value);
    } catch (MalformedRecordException e) {
      throw new SerializationException(
          "a value of " + value.remaining() + " bytes is no DataRecord: " + e.getMessage(), e);
    }
  }
}
