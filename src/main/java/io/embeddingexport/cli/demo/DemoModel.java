package io.embeddingexport.cli.demo;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;

/**
 * A model of the demo: its key config, with fixed shapes of raw floats only.
 *
 * @param elementCounts elements of each tensor, in the key config's order
 */
record DemoModel(KeyConfig config, int[] elementCounts) {

  /**
   * @throws IllegalArgumentException if a key is not raw FLOAT of a fixed shape
   */
  static DemoModel of(KeyConfig config) {
    return new DemoModel(
        config, config.keys().stream().mapToInt(DemoModel::elementCount).toArray());
  }

  private static int elementCount(KeySpec key) {
    if (key.dataType() != DataType.FLOAT
        || key.encoding() != TensorEncoding.RAW
        || !key.shape().isFixed()) {
      throw new IllegalArgumentException(
          "the demo's key '" + key.name() + "' must be raw FLOAT of a fixed shape, is " + key);
    }
    return key.shape().fixedElementCount();
  }

  String name() {
    return config.model();
  }

  /** Whether a NaN in the first tensor is refused. */
  boolean rejectsNonFinite() {
    return config.keys().get(0).nonFinite() == KeySpec.NonFinite.REJECT;
  }
}
