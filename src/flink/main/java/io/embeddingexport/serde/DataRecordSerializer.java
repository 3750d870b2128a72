package io.embeddingexport.serde;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.thrift.DataRecord;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records with libthrift. A record that readers would refuse, such as one with a shape that
 * contradicts its content, is a {@link SerializationException} with the reason. Null stays null.
 * Thread-safe.
 */
@PublicEvolving
public final class DataRecordSerializer implements Serializer<DataRecord> {
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable DataRecord record) {
    if (record == null) {
      return null;
    }
    try {
      // The threads of a producer share its serializers, and a TSerializer has a buffer.
      byte[] bytes = new TSerializer().serialize(record);
      DataRecordReader.read(bytes);
      return bytes;
    } catch (TException e) {
      throw new SerializationException("cannot write this DataRecord: " + ThriftProblem.of(e));
    } catch (MalformedRecordException e) {
      throw new SerializationException("nobody could read this DataRecord: " + e.getMessage(), e);
    }
  }
}
