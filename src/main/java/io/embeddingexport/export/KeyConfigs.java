package io.embeddingexport.export;

import io.embeddingexport.keys.KeyConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key configs in force, compiled: one a model, and never an older one after a newer. Not
 * thread-safe.
 */
public final class KeyConfigs {
  private final Map<String, CompiledKeyConfig> byModel = new HashMap<>();

  /** What {@link #put} did. */
  public enum Update {
    APPLIED,
    /** The version is not greater than the one in force, which stays. */
    IGNORED
  }

  /**
   * Puts {@code config} in force if it {@linkplain KeyConfig#supersedes supersedes} its model's
   * present one.
   */
  public Update put(KeyConfig config) {
    CompiledKeyConfig present = byModel.get(config.model());
    if (!config.supersedes(present == null ? null : present.config())) {
      return Update.IGNORED;
    }
    byModel.put(config.model(), CompiledKeyConfig.compile(config));
    return Update.APPLIED;
  }

  @Nullable CompiledKeyConfig get(String model) {
    return byModel.get(model);
  }

  /** The configs in force, in no order. */
  public Collection<KeyConfig> inForce() {
    return byModel.values().stream().map(CompiledKeyConfig::config).toList();
  }

  public int size() {
    return byModel.size();
  }
}
