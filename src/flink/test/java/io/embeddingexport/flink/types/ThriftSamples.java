package io.embeddingexport.flink.types;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;

/** Values of the generated classes, and what libthrift writes for them. */
public final class ThriftSamples {

  public static DataRecord discrete(long feature, long value) {
    return new DataRecord().setDiscreteFeatures(new HashMap<>(Map.of(feature, value)));
  }

  /** A record of one UINT8 vector under key 1. */
  public static DataRecord tensor(int bytes) {
    return new DataRecord()
        .setTensors(Map.of(1L, raw(DataType.UINT8, ByteBuffer.allocate(bytes), bytes)));
  }

  /** A record of one FLOAT vector; the elements are given as their little-endian bytes. */
  public static DataRecord vector(long key, byte[] littleEndian) {
    return new DataRecord()
        .setTensors(
            Map.of(
                key, raw(DataType.FLOAT, ByteBuffer.wrap(littleEndian), littleEndian.length / 4)));
  }

  /** An event of one FLOAT vector; the elements are given as their little-endian bytes. */
  public static EmbeddingEvent event(String model, long entityId, byte[] littleEndian) {
    return new EmbeddingEvent(entityId, model)
        .setTensors(
            List.of(raw(DataType.FLOAT, ByteBuffer.wrap(littleEndian), littleEndian.length / 4)));
  }

  private static GeneralTensor raw(DataType type, ByteBuffer content, long length) {
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(type, content).setShape(List.of(length)));
  }

  public static byte[] bytes(TBase<?, ?> value) {
    try {
      return new TSerializer().serialize(value);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  private ThriftSamples() {}
}
