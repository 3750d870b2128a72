package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.benchmarks.formats.VectorFormat;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
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
  static final String TENSOR = "tensor";
  static final long KEY = 1000;

  /** As this, with so many times as many events, and as many of them before the measurement. */
  PipelineWorkload longer(int times) {
    return new PipelineWorkload(name, floats, events * times, warmUp * times);
  }

  /** Name of a model; of one alone the plain one. */
  static String model(int number) {
    return number == 0 ? MODEL : MODEL + "-" + number;
  }

  KeyConfig keyConfig() throws Exception {
    return keyConfig(MODEL);
  }

  private KeyConfig keyConfig(String model) throws Exception {
    String yaml =
        """
        model: %s
        version: 1
        keys:
          - {name: %s, key: %d, dtype: float, shape: [%d]}
        """
            .formatted(model, TENSOR, KEY, floats);
    return KeyConfigParser.parse("benchmark", yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** By model. */
  Map<String, String> keyConfigsJson(int models) throws Exception {
    Map<String, String> configs = new LinkedHashMap<>();
    for (int i = 0; i < models; i++) {
      configs.put(model(i), KeyConfigJson.write(keyConfig(model(i))));
    }
    return configs;
  }

  /** Serialized events; number {@code i} of the input is number {@code i % length} of these. */
  byte[][] serialized(BenchmarkInput input) throws TException {
    Random random = new Random(1);
    byte[][] events = new byte[input.variants()][];
    for (int i = 0; i < events.length; i++) {
      float[] vector = new float[floats];
      ByteBuffer payload = ByteBuffer.allocate(Float.BYTES * floats).order(ByteOrder.LITTLE_ENDIAN);
      for (int j = 0; j < floats; j++) {
        vector[j] = (float) random.nextGaussian();
        payload.putFloat(vector[j]);
      }
      events[i] =
          switch (input.format()) {
            case THRIFT -> thrift(i, model(i % input.models()), payload.array());
            case JSON -> json(i, payload.array());
            case AVRO -> VectorFormat.AVRO.event(i, MODEL, vector);
            case PROTOBUF -> VectorFormat.PROTOBUF.event(i, MODEL, vector);
            case RAW -> throw new IllegalArgumentException("no benchmark has raw events");
          };
    }
    return events;
  }

  private byte[] thrift(int entity, String model, byte[] payload) throws TException {
    RawTypedTensor raw = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload));
    raw.addToShape(floats);
    EmbeddingEvent event = new EmbeddingEvent(entity, model);
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
