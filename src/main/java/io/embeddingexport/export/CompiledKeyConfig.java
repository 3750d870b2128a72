package io.embeddingexport.export;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.HashMap;
import java.util.Map;

/**
 * A key config with all that can be known before any event: the record's template and each name's
 * position.
 *
 * @param positions position of each name in the key config
 */
record CompiledKeyConfig(
    KeyConfig config, KeySpec[] specs, RecordTemplate template, Map<String, Integer> positions) {

  static CompiledKeyConfig compile(KeyConfig config) {
    RecordTemplate.Builder template = RecordTemplate.builder();
    if (config.entityIdKey() != null) {
      template.discrete(config.entityIdKey());
    }
    if (config.eventTimeKey() != null) {
      template.discrete(config.eventTimeKey());
    }
    Map<String, Integer> positions = new HashMap<>();
    for (KeySpec spec : config.keys()) {
      template.tensor(spec.key(), spec.dataType(), spec.shape(), spec.encoding());
      positions.put(spec.name(), positions.size());
    }
    return new CompiledKeyConfig(
        config, config.keys().toArray(KeySpec[]::new), template.build(), Map.copyOf(positions));
  }
}
