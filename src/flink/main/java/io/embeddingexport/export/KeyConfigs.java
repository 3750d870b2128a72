package io.embeddingexport.export;

import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.NameTable;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.RetiredModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of each model: its key config in force, compiled, or retired. A model's version never
 * falls. Not thread-safe.
 */
public final class KeyConfigs implements KnownModels {
  private final Map<String, CompiledKeyConfig> inForce = new HashMap<>();

  /** The same configs, by the bytes of the models' names. */
  private final NameTable<CompiledKeyConfig> byUtf8 = new NameTable<>();

  private final Map<String, RetiredModel> retired = new HashMap<>();

  /** These key configs in force; the last one of a model counts. */
  public static KeyConfigs of(Collection<KeyConfig> keyConfigs) {
    KeyConfigs configs = new KeyConfigs();
    keyConfigs.forEach(configs::set);
    return configs;
  }

  /** Same as {@link #apply(KeyConfigUpdate, CompiledKeyConfig)}, which compiles it if needed. */
  public @Nullable ModelState apply(KeyConfigUpdate update) {
    return apply(update, null);
  }

  /**
   * Applies {@code update} by {@linkplain KeyConfigUpdate the version rule}.
   *
   * @param compiled the update's key config, compiled by another thread; null if it has none, or is
   *     not compiled yet
   * @return the model's new state; null if the update was ignored
   */
  public @Nullable ModelState apply(KeyConfigUpdate update, @Nullable CompiledKeyConfig compiled) {
    ModelState next = update.over(entry(update.model()));
    if (next != null && compiled != null) {
      put(compiled);
    } else if (next != null) {
      set(next);
    }
    return next;
  }

  /** Sets the state of {@code entry}'s model, whatever it was: for restored state. */
  public void set(ModelState entry) {
    if (entry instanceof KeyConfig config) {
      put(CompiledKeyConfig.of(config));
    } else {
      inForce.remove(entry.model());
      byUtf8.remove(entry.model());
      retired.put(entry.model(), (RetiredModel) entry);
    }
  }

  private void put(CompiledKeyConfig compiled) {
    inForce.put(compiled.name(), compiled);
    byUtf8.put(compiled.name(), compiled);
    retired.remove(compiled.name());
  }

  /** The state of {@code model}; null if it is unknown. */
  public @Nullable ModelState entry(String model) {
    CompiledKeyConfig compiled = inForce.get(model);
    return compiled == null ? retired.get(model) : compiled.config();
  }

  /** The topic of a model's records, even if it is retired; null: the job's. */
  public @Nullable String outputTopic(@Nullable String model) {
    ModelState entry = model == null ? null : entry(model);
    if (entry instanceof KeyConfig config) {
      return config.outputTopic();
    }
    return entry instanceof RetiredModel gone ? gone.outputTopic() : null;
  }

  /** The model's config in force; null if there is none. */
  @Nullable CompiledKeyConfig get(String model) {
    return inForce.get(model);
  }

  @Override
  public @Nullable CompiledKeyConfig find(byte[] bytes, int from, int to) {
    return byUtf8.find(bytes, from, to);
  }

  /** The model if it is retired, else null. */
  @Nullable RetiredModel retired(String model) {
    return retired.get(model);
  }

  /** Models with a config in force. */
  public int inForceCount() {
    return inForce.size();
  }
}
