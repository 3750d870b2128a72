package io.embeddingexport.consumer;

import io.embeddingexport.datarecord.DataRecordView;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link DataRecordViewSerializer} and {@link DataRecordViewDeserializer}, for Kafka Streams. */
public final class DataRecordViewSerde implements Serde<DataRecordView> {
  @Override
  public Serializer<DataRecordView> serializer() {
    return new DataRecordViewSerializer();
  }

  @Override
  public Deserializer<DataRecordView> deserializer() {
    return new DataRecordViewDeserializer();
  }
}
