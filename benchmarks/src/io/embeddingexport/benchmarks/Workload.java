package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One shape of work: an event of {@code tensors} vectors of {@code length} elements, and the key
 * config for it.
 */
record Workload(int tensors, int length, DataType type) {
  static final String MODEL = "benchmark";

  /**
   * Reads {@code 10x64} as 10 tensors of 64 floats, {@code 1x128d} as one of 128 doubles, and
   * {@code 1x32s} as one of 32 strings of 12 bytes.
   */
  static Workload parse(String text) {
    DataType type =
        switch (text.charAt(text.length() - 1)) {
          case 'd' -> DataType.DOUBLE;
          case 's' -> DataType.STRING;
          default -> DataType.FLOAT;
        };
    String sizes = type == DataType.FLOAT ? text : text.substring(0, text.length() - 1);
    int x = sizes.indexOf('x');
    return new Workload(
        Integer.parseInt(sizes.substring(0, x)), Integer.parseInt(sizes.substring(x + 1)), type);
  }

  static long key(int position) {
    return 1000L + position;
  }

  RandomElements elements() {
    return new RandomElements(tensors, length, type);
  }

  /** Serialized by libthrift, as a producer in any language would. */
  byte[] event() {
    return new WorkloadEvents(this).thrift();
  }

  Exporter exporter(EventFormat format) {
    return exporter(EventInput.of(format).newDecoder());
  }

  Exporter exporter(EventDecoder decoder) {
    KeyConfigs configs = new KeyConfigs();
    configs.set(keyConfig(MODEL, 1));
    return new Exporter(decoder, configs, ExportLimits.DEFAULT);
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
          new KeySpec("tensor-" + i, key(i), type, shape(), encoding(), false, NonFinite.ACCEPT));
    }
    return new KeyConfig(model, version, keys, null, null, null);
  }

  RecordTemplate template() {
    RecordTemplate.Builder template = RecordTemplate.builder();
    for (int i = 0; i < tensors; i++) {
      template.tensor(key(i), type, shape(), encoding());
    }
    return template.build();
  }

  /** Makes all tensors anew each time, of arrays that stand ready. */
  TensorsOfArrays tensorsOfArrays() {
    return new TensorsOfArrays(
        switch (type) {
          case FLOAT -> makers(elements().floats(), a -> Tensor.ofFloats(shape(), a));
          case DOUBLE -> makers(elements().doubles(), a -> Tensor.ofDoubles(shape(), a));
          default -> makers(elements().strings(), a -> Tensor.ofStrings(shape(), a));
        });
  }

  private static <A> List<TensorsOfArrays.Maker> makers(List<A> arrays, Function<A, Tensor> of) {
    return arrays.stream().map(array -> (TensorsOfArrays.Maker) () -> of.apply(array)).toList();
  }

  Shape shape() {
    return Shape.of(length);
  }

  private TensorEncoding encoding() {
    return TensorEncoding.standard(type);
  }
}
