package io.embeddingexport.flink;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.util.List;

/** Key configs of one FLOAT vector. */
final class KeyConfigSamples {

  /** One tensor of two elements, under key 7. */
  static KeyConfig vector(String model, long version) {
    return vector(model, version, 7);
  }

  static KeyConfig vector(String model, long version, long key) {
    KeySpec spec =
        new KeySpec(
            "embedding",
            key,
            DataType.FLOAT,
            Shape.of(2),
            TensorEncoding.RAW,
            false,
            NonFinite.ACCEPT);
    return new KeyConfig(model, version, List.of(spec), null, null, null);
  }

  /** One tensor of two elements, under key 7; the model has a topic of its own. */
  static KeyConfig vector(String model, long version, String outputTopic) {
    KeyConfig config = vector(model, version);
    return new KeyConfig(model, version, config.keys(), null, null, outputTopic);
  }

  private KeyConfigSamples() {}
}
