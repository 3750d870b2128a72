package io.embeddingexport.serde;

import io.embeddingexport.thrift.DataRecord;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link DataRecordSerializer} and {@link DataRecordDeserializer}, for Kafka Streams. */
@PublicEvolving
public final class DataRecordSerde implements Serde<DataRecord> {
  @Override
  public Serializer<DataRecord> serializer() {
    return new DataRecordSerializer();
  }

  @Override
  public Deserializer<DataRecord> deserializer() {
    return new DataRecordDeserializer();
  }
}
