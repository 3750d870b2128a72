package io.embeddingexport.serde;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.thrift.DataRecord;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.jspecify.annotations.Nullable;

/**
 * Reads values with libthrift, after {@link DataRecordReader} has checked them: libthrift alone
 * trusts lengths. Blobs and raw tensors are buffers over the value's bytes. A null value, which
 * deletes a key, stays null. {@code DataRecordViewDeserializer} is faster and copies nothing.
 *
 * <p>Bytes that are no record are a {@link SerializationException} with the reason. Kafka's
 * consumer throws it inside a {@code RecordDeserializationException}, which has topic, partition
 * and offset; seek to the next offset to go on. Thread-safe.
 *
 * <p>If a tensor's key is given twice, libthrift keeps the last tensor, where libtwml and {@link
 * DataRecordReader} keep the first.
 */
@PublicEvolving
public final class DataRecordDeserializer implements Deserializer<DataRecord> {

  @Override
  public @Nullable DataRecord deserialize(String topic, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      DataRecordReader.read(value);
    } catch (MalformedRecordException e) {
      throw new SerializationException(
          "a value of " + value.length + " bytes is no DataRecord: " + e.getMessage(), e);
    }
    try {
      TConfiguration limits = TConfiguration.custom().setMaxMessageSize(value.length).build();
      DataRecord record = new DataRecord();
      record.read(new TBinaryProtocol(new TMemoryInputTransport(limits, value)));
      return record;
    } catch (TException e) {
      throw new SerializationException(
          "libthrift does not read a DataRecord of "
              + value.length
              + " bytes: "
              + ThriftProblem.of(e));
    }
  }
}
