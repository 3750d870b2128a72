package io.embeddingexport.cli.peek;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a record's tensors in key configs. If the record's model is unknown, or has no key
 * config here, a key has the name that all models give it. Immutable.
 */
public final class TensorNames {
  private final Map<String, Map<Long, String>> byModel = new HashMap<>();
  private final Map<Long, String> common = new HashMap<>();

  public TensorNames(List<KeyConfig> configs) {
    Set<Long> disputed = new HashSet<>();
    for (KeyConfig config : configs) {
      Map<Long, String> names = byModel.computeIfAbsent(config.model(), model -> new HashMap<>());
      for (KeySpec key : config.keys()) {
        names.put(key.key(), key.name());
        String other = common.putIfAbsent(key.key(), key.name());
        if (other != null && !other.equals(key.name())) {
          disputed.add(key.key());
        }
      }
    }
    common.keySet().removeAll(disputed);
  }

  /** The name of a key's tensor; the key itself if it has none. */
  String name(@Nullable String model, long key) {
    String name = byModel.getOrDefault(model, common).get(key);
    return name == null ? Long.toString(key) : name;
  }
}
