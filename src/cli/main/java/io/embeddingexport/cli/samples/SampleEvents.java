package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Good events of some models, each a function of the seed and its number. One in four gives its
 * tensors by name, and half of those omit the optional ones. Immutable.
 *
 * @param models at least one
 * @param entities number of entities per model; their ids are 0 to {@code entities - 1}
 */
public record SampleEvents(long seed, List<KeyConfig> models, int entities) {

  public SampleEvents {
    models = List.copyOf(models);
  }

  /** Event number {@code i}, from 0. */
  public SampleEvent get(long i) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    KeyConfig config = models.get(random.nextInt(models.size()));
    int entity = random.nextInt(entities);
    boolean named = random.nextInt(4) == 0;
    boolean bare = random.nextBoolean() && named;
    boolean statesVersion = random.nextBoolean();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (KeySpec key : config.keys()) {
      Tensor tensor = SampleTensors.make(key, random);
      if (!(bare && key.optional())) {
        tensors.put(key.name(), tensor);
      }
    }
    return new SampleEvent(config, entity, tensors, named, statesVersion);
  }
}
