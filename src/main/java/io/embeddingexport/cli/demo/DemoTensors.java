package io.embeddingexport.cli.demo;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes the tensors of the demo's events, with Thrift's generated classes. */
final class DemoTensors {

  /**
   * Tensors by name, in the key config's order; a function of the key config and the seed.
   *
   * @param bare whether to leave out optional tensors
   */
  static Map<String, GeneralTensor> of(KeyConfig config, long seed, boolean bare) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, GeneralTensor> tensors = new LinkedHashMap<>();
    for (KeySpec key : config.keys()) {
      if (!(bare && key.optional())) {
        tensors.put(key.name(), tensor(key, random));
      }
    }
    return tensors;
  }

  private static GeneralTensor tensor(KeySpec key, SplittableRandom random) {
    byte[] payload = floats(random, key.shape().fixedElementCount());
    RawTypedTensor tensor = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload));
    for (long dim : key.shape().toArray()) {
      tensor.addToShape(dim);
    }
    return GeneralTensor.rawTypedTensor(tensor);
  }

  /** Floats from -1 to 1, little-endian. */
  private static byte[] floats(SplittableRandom random, int count) {
    ByteBuffer payload = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      payload.putFloat((random.nextInt() >> 8) * 0x1p-23f);
    }
    return payload.array();
  }

  private DemoTensors() {}
}
