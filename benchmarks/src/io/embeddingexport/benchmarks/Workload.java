package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/**
 * One shape of work: an event of {@code tensors} FLOAT vectors of {@code length}, and the key
 * config for it.
 */
record Workload(int tensors, int length) {
  private static final String MODEL = "benchmark";

  /** Reads {@code 10x64} as 10 tensors of 64 floats. */
  static Workload parse(String text) {
    int x = text.indexOf('x');
    return new Workload(
        Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
  }

  long key(int position) {
    return 1000L + position;
  }

  /** Serialized by libthrift, as a producer in any language would. */
  byte[] event() throws TException {
    EmbeddingEvent event = new EmbeddingEvent(42, MODEL);
    event.setEventTimeMillis(1_700_000_000_000L);
    event.setKeyConfigVersion(1);
    List<GeneralTensor> values = new ArrayList<>();
    for (byte[] payload : payloads()) {
      RawTypedTensor raw = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload));
      raw.addToShape(length);
      values.add(GeneralTensor.rawTypedTensor(raw));
    }
    event.setTensors(values);
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
  }

  Exporter exporter() {
    KeyConfigs configs = new KeyConfigs();
    configs.set(keyConfig(MODEL, 1));
    return new Exporter(EventFormat.THRIFT.newDecoder(), configs, ExportLimits.DEFAULT);
  }

  /** The key config of the event. */
  KeyConfig keyConfig() {
    return keyConfig(MODEL, 1);
  }

  /** The same keys for another model or version. */
  KeyConfig keyConfig(String model, long version) {
    List<KeySpec> keys = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      keys.add(
          new KeySpec(
              "tensor-" + i,
              key(i),
              io.embeddingexport.datarecord.DataType.FLOAT,
              Shape.of(length),
              TensorEncoding.RAW,
              false,
              NonFinite.ACCEPT));
    }
    return new KeyConfig(model, version, keys, null, null, null);
  }

  RecordTemplate template() {
    RecordTemplate.Builder template = RecordTemplate.builder();
    for (int i = 0; i < tensors; i++) {
      template.tensor(
          key(i),
          io.embeddingexport.datarecord.DataType.FLOAT,
          Shape.of(length),
          TensorEncoding.RAW);
    }
    return template.build();
  }

  Tensor[] views() {
    return payloads().stream()
        .map(
            payload ->
                Tensor.ofRaw(
                    io.embeddingexport.datarecord.DataType.FLOAT, Shape.of(length), payload))
        .toArray(Tensor[]::new);
  }

  private List<byte[]> payloads() {
    Random random = new Random(1);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      ByteBuffer payload = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
      while (payload.hasRemaining()) {
        payload.putFloat((float) random.nextGaussian());
      }
      payloads.add(payload.array());
    }
    return payloads;
  }
}
