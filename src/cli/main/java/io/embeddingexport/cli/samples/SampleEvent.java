package io.embeddingexport.cli.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.keys.KeyConfig;
import java.util.Map;

/**
 * One good event.
 *
 * @param tensors by name, in the key config's order; an optional one may be missing
 * @param named whether it gives its tensors by name; if not, by position, and none is missing
 * @param statesVersion whether it names the key-config version it is made for
 */
public record SampleEvent(
    KeyConfig config,
    long entityId,
    Map<String, Tensor> tensors,
    boolean named,
    boolean statesVersion) {

  /** The Kafka key, {@code model:entity}: events of an entity keep their order. */
  public byte[] key() {
    return (config.model() + ":" + entityId).getBytes(UTF_8);
  }
}
