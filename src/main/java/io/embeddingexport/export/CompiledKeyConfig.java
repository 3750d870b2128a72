package io.embeddingexport.export;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.HashMap;
import java.util.Map;

/**
 * A key config with all that can be known before any event: the record's template and each name's
 * position.
 *
 * @param specs the config's keys, as an array for the hot path
 * @param positions position of each name in the key config
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path; compared by no one
record CompiledKeyConfig(
    KeyConfig config, KeySpec[] specs, RecordTemplate template, Map<String, Integer> positions) {

  static CompiledKeyConfig compile(KeyConfig config) {
    Map<String, Integer> positions = new HashMap<>();
    for (KeySpec spec : config.keys()) {
      positions.put(spec.name(), positions.size());
    }
    return new CompiledKeyConfig(
        config,
        config.keys().toArray(KeySpec[]::new),
        config.template().build(),
        Map.copyOf(positions));
  }

  Rejected reject(RejectReason reason, String detail) {
    return new Rejected(reason, detail, config.model(), config.version());
  }

  /** How a detail names the config: {@code key config 'user' version 3}. */
  String title() {
    return "key config '" + config.model() + "' version " + config.version();
  }

  /** How a detail names the tensor at a position: {@code tensor 2 ('user_embedding')}. */
  String tensorTitle(int position) {
    return "tensor " + position + " ('" + specs[position].name() + "')";
  }
}
