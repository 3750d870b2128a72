package io.embeddingexport.job.options;

import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.StateRecoveryOptions;

/**
 * A run beside a job, with its options, but with a consumer group and transactional ids of its own.
 * So the job's positions do not move, and neither of the two fences the other.
 */
public final class SideRun {
  static final String BACKFILL = "backfill";
  static final String REPLAY = "replay";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** Whether a transactional id belongs to a run beside the job with this prefix. */
  public static boolean isOf(String prefix, String transactionalId) {
    return List.of(BACKFILL, REPLAY).stream()
        .anyMatch(kind -> transactionalId.startsWith(prefix + kind + '.'));
  }

  /** Whether a run may have this name, which is a part of its group and its ids. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The options of a run. It is exactly once, starts from no state, and makes no dead letters of
   * refused key configs, which are the job's.
   *
   * @param live the job's options
   * @param settings the same, checked
   * @param kind {@link #BACKFILL} or {@link #REPLAY}
   * @param name distinguishes it from other runs of its kind
   */
  static Configuration options(
      JobConfiguration live, JobSettings settings, String kind, String name) {
    Configuration options = new Configuration(live.values());
    options.set(JobOptions.JOB_NAME, settings.name() + ' ' + kind + ' ' + name);
    options.set(JobOptions.INPUT_GROUP_ID, settings.source().groupId() + '.' + kind + '.' + name);
    options.set(
        JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX,
        settings.sink().transactionalIdPrefix() + kind + '.' + name + '.');
    options.set(JobOptions.OUTPUT_DELIVERY_GUARANTEE, DeliveryGuarantee.EXACTLY_ONCE);
    options.set(JobOptions.INPUT_FROM_REQUIRED, false);
    options.set(JobOptions.DEAD_LETTER_KEY_CONFIGS, false);
    removeState(options);
    return options;
  }

  private static void removeState(Configuration options) {
    options.removeKey(JobOptions.FLINK_PREFIX + StateRecoveryOptions.SAVEPOINT_PATH.key());
    for (FallbackKey key : StateRecoveryOptions.SAVEPOINT_PATH.fallbackKeys()) {
      options.removeKey(JobOptions.FLINK_PREFIX + key.getKey());
    }
  }

  private SideRun() {}
}
