package io.embeddingexport.flink;

import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.keys.KeyConfig;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key configs of one operator instance, in force and in operator broadcast state, so that a
 * model's version never falls across restarts. For the task's thread only, except {@link #count()}
 * and {@link #ignored()}.
 *
 * <p>Each instance snapshots all its configs. After a change of parallelism Flink hands every
 * instance the copy of one earlier instance, so instances may differ after a restore only if they
 * did before.
 */
final class CheckpointedKeyConfigs {
  /** By model. Name and serializers are the state's identity across releases. */
  static final MapStateDescriptor<String, KeyConfig> STATE =
      new MapStateDescriptor<>(
          "key-configs", StringSerializer.INSTANCE, KeyConfigSerializer.INSTANCE);

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointedKeyConfigs.class);

  private final BroadcastState<String, KeyConfig> state;
  private final KeyConfigs inForce = new KeyConfigs();
  private volatile int count;
  private final AtomicLong ignored = new AtomicLong();

  private CheckpointedKeyConfigs(BroadcastState<String, KeyConfig> state) {
    this.state = state;
  }

  /** The configs that {@code store} holds: none on a first start. */
  static CheckpointedKeyConfigs restore(OperatorStateStore store) throws Exception {
    BroadcastState<String, KeyConfig> state = store.getBroadcastState(STATE);
    CheckpointedKeyConfigs configs = new CheckpointedKeyConfigs(state);
    for (Map.Entry<String, KeyConfig> entry : state.immutableEntries()) {
      configs.inForce.put(entry.getValue());
    }
    configs.count = configs.inForce.size();
    return configs;
  }

  /**
   * Puts {@code config} in force if its version is greater than that of its model's present one;
   * else the present one stays, which is counted and logged unless the two are equal.
   *
   * @param source where it came from, for the log
   */
  void put(KeyConfig config, String source) throws Exception {
    KeyConfig present = state.get(config.model());
    if (config.equals(present)) {
      return;
    }
    if (inForce.put(config) == KeyConfigs.Update.APPLIED) {
      state.put(config.model(), config);
      count = inForce.size();
    } else {
      ignored.incrementAndGet();
      warnIgnored(config, source, present);
    }
  }

  private static void warnIgnored(KeyConfig config, String source, KeyConfig present) {
    if (config.version() == present.version()) {
      LOG.warn(
          "Key config of model {}: version {} from {} differs from the version {} in force, which"
              + " stays. A version never changes its content: give the new content version {}.",
          config.model(),
          config.version(),
          source,
          present.version(),
          present.version() + 1);
    } else {
      LOG.warn(
          "Key config of model {}: version {} from {} is older than version {} in force (from the"
              + " restored state), which stays. To go back, give the old content version {}.",
          config.model(),
          config.version(),
          source,
          present.version(),
          present.version() + 1);
    }
  }

  /** The configs to export with; they follow every {@link #put}. */
  KeyConfigs inForce() {
    return inForce;
  }

  /** Models with a config in force. Any thread. */
  int count() {
    return count;
  }

  /** Configs that were not put in force. Any thread. */
  long ignored() {
    return ignored.get();
  }
}
