package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.thrift.TBase;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/** Events of two floats and their records, in bytes by Thrift's generated classes only. */
final class Events {

  /** A key config of one vector of two floats under {@code key}. */
  static String keyConfig(String model, int version, long key) {
    return """
    model: %s
    version: %d
    keys:
      - {name: embedding, key: %d, dtype: float, shape: [2]}
    """
        .formatted(model, version, key);
  }

  /** Writes key configs, each to a file, into a directory. */
  static Path write(Path directory, String... keyConfigs) {
    try {
      for (int i = 0; i < keyConfigs.length; i++) {
        Files.writeString(
            Files.createDirectories(directory).resolve("keys-" + i + ".yaml"), keyConfigs[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  static byte[] event(String model, long entityId, float... elements) {
    return bytes(new EmbeddingEvent(entityId, model).setTensors(List.of(tensor(elements))));
  }

  /** An event made for one version of its model's key config. */
  static byte[] pinned(String model, long version, long entityId, float... elements) {
    return bytes(
        new EmbeddingEvent(entityId, model)
            .setKeyConfigVersion(version)
            .setTensors(List.of(tensor(elements))));
  }

  static byte[] record(long key, float... elements) {
    return bytes(new DataRecord().setTensors(Map.of(key, tensor(elements))));
  }

  /** A message without headers; its timestamp is the broker's clock's. */
  static ProducerRecord<byte[], byte[]> message(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
  }

  /** The first float of a record's one tensor. */
  static float firstFloat(byte[] record) {
    try {
      DataRecord content = new DataRecord();
      new TDeserializer(new TBinaryProtocol.Factory()).deserialize(content, record);
      return content
          .getTensors()
          .values()
          .iterator()
          .next()
          .getRawTypedTensor()
          .bufferForContent()
          .order(ByteOrder.LITTLE_ENDIAN)
          .getFloat();
    } catch (TException e) {
      throw new AssertionError("no DataRecord", e);
    }
  }

  private static GeneralTensor tensor(float... elements) {
    ByteBuffer content = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    content.asFloatBuffer().put(elements);
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(DataType.FLOAT, content).setShape(List.of((long) elements.length)));
  }

  static byte[] bytes(TBase<?, ?> struct) {
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(struct);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  private Events() {}
}
