package io.embeddingexport.flink;

import io.embeddingexport.export.CompiledKeyConfig;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.text.SafeText;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key configs in force in one operator instance. Operator broadcast state keeps them, so a
 * model's version never falls across restarts. For the task's thread only.
 *
 * <p>Each instance snapshots all its configs. After a change of parallelism Flink hands every
 * instance the copy of one earlier instance, so instances may differ after a restore only if they
 * did before.
 */
final class CheckpointedKeyConfigs {
  /** By model. The name and serializers identify the state across releases. */
  static final MapStateDescriptor<String, StoredKeyConfig> STATE =
      new MapStateDescriptor<>(
          "key-configs", StringSerializer.INSTANCE, KeyConfigSerializer.INSTANCE);

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointedKeyConfigs.class);

  private final BroadcastState<String, StoredKeyConfig> state;
  private final KeyConfigMetrics metrics;
  private final KeyConfigs configs = new KeyConfigs();

  private CheckpointedKeyConfigs(
      BroadcastState<String, StoredKeyConfig> state, KeyConfigMetrics metrics) {
    this.state = state;
    this.metrics = metrics;
  }

  /** The configs in {@code store}; none on a first start. */
  static CheckpointedKeyConfigs restore(OperatorStateStore store, KeyConfigMetrics metrics)
      throws Exception {
    BroadcastState<String, StoredKeyConfig> state = store.getBroadcastState(STATE);
    CheckpointedKeyConfigs restored = new CheckpointedKeyConfigs(state, metrics);
    for (Map.Entry<String, StoredKeyConfig> stored : state.immutableEntries()) {
      ModelState entry = stored.getValue().entry();
      restored.configs.set(entry);
      metrics.version(entry.version());
    }
    metrics.inForce(restored.configs.inForceCount());
    return restored;
  }

  /**
   * Applies {@code update}, unless the version rule ignores it. Either is counted and logged,
   * except for an update that repeats what is known.
   *
   * @param compiled the update's key config; null if it has none, or is not compiled yet
   * @param source where it came from, for the log
   * @param readAgain whether an earlier start may have read it: then a retired model's last
   *     version, which its retirement follows, is already known
   */
  void apply(
      KeyConfigUpdate update,
      @Nullable CompiledKeyConfig compiled,
      String source,
      boolean readAgain)
      throws Exception {
    ModelState present = configs.entry(update.model());
    ModelState next = configs.apply(update, compiled);
    if (next != null) {
      state.put(update.model(), new StoredKeyConfig(next));
      metrics.applied(next.version(), configs.inForceCount());
    } else if (!isKnown(update, present, readAgain)) {
      metrics.ignored();
      warnIgnored(((KeyConfigUpdate.Publish) update).config(), source, present);
    }
  }

  private static boolean isKnown(
      KeyConfigUpdate update, @Nullable ModelState present, boolean readAgain) {
    if (!(update instanceof KeyConfigUpdate.Publish publish)) {
      return true;
    }
    return present instanceof RetiredModel retired
        ? readAgain && publish.config().version() == retired.version()
        : publish.config().equals(present);
  }

  private static void warnIgnored(ModelState config, String source, ModelState present) {
    String model = SafeText.of(config.model());
    String stays =
        present instanceof RetiredModel
            ? "the model stays retired"
            : "version " + present.version() + " stays in force";
    if (config.version() == present.version() && !(present instanceof RetiredModel)) {
      LOG.warn(
          "Key config of model {}: version {} from {} differs from the one in force, which stays"
              + " in force. A version never changes its content: publish the new content as"
              + " version {}.",
          model,
          config.version(),
          source,
          present.version() + 1);
    } else {
      LOG.warn(
          "Key config of model {}: version {} from {} is not greater than {}; {}. Publish the old"
              + " content as version {} to go back.",
          model,
          config.version(),
          source,
          present.version(),
          stays,
          present.version() + 1);
    }
  }

  /** The configs to export with; they follow every {@link #apply}. */
  KeyConfigs configs() {
    return configs;
  }

  /** The greatest known version of a model; 0 if none. */
  long version(String model) {
    ModelState entry = configs.entry(model);
    return entry == null ? 0 : entry.version();
  }
}
