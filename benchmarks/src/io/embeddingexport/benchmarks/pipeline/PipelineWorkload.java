package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigWriter;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/**
 * Events of one FLOAT vector each.
 *
 * @param name as in reports: about the size of an event
 * @param floats length of the vector
 * @param events a contestant's whole input
 * @param warmUp those before the measurement starts
 */
record PipelineWorkload(String name, int floats, int events, int warmUp) {
  static final String MODEL = "benchmark";
  static final long KEY = 1000;

  /** Different contents, so that nothing is cached that would not be in production. */
  private static final int VARIANTS = 1024;

  KeyConfig keyConfig() throws Exception {
    String yaml =
        """
        model: %s
        version: 1
        keys:
          - {name: tensor, key: %d, dtype: float, shape: [%d]}
        """
            .formatted(MODEL, KEY, floats);
    return KeyConfigParser.parse("benchmark", yaml.getBytes(StandardCharsets.UTF_8));
  }

  String keyConfigJson() throws Exception {
    return KeyConfigWriter.toJson(keyConfig());
  }

  /** Serialized events; number {@code i} of the input is number {@code i % length} of these. */
  byte[][] serialized(EventFormat format) throws TException {
    Random random = new Random(1);
    byte[][] events = new byte[VARIANTS][];
    for (int i = 0; i < VARIANTS; i++) {
      ByteBuffer payload = ByteBuffer.allocate(Float.BYTES * floats).order(ByteOrder.LITTLE_ENDIAN);
      while (payload.hasRemaining()) {
        payload.putFloat((float) random.nextGaussian());
      }
      events[i] =
          format == EventFormat.THRIFT ? thrift(i, payload.array()) : json(i, payload.array());
    }
    return events;
  }

  private byte[] thrift(int entity, byte[] payload) throws TException {
    RawTypedTensor raw = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload));
    raw.addToShape(floats);
    EmbeddingEvent event = new EmbeddingEvent(entity, MODEL);
    event.addToTensors(GeneralTensor.rawTypedTensor(raw));
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
  }

  private byte[] json(int entity, byte[] payload) {
    return """
    {"entityId":%d,"model":"%s","tensors":[{"dtype":"float","shape":[%d],"base64":"%s"}]}"""
        .formatted(entity, MODEL, floats, Base64.getEncoder().encodeToString(payload))
        .getBytes(StandardCharsets.UTF_8);
  }
}
