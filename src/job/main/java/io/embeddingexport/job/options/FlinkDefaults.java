package io.embeddingexport.job.options;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink options the job sets if neither its user nor the cluster does.
 *
 * <ul>
 *   <li>Object reuse: nothing downstream changes an object, and source, export and sink pass it on
 *       in one thread. No generic types: Kryo is an error, not a slow surprise. No watermarks:
 *       nothing reads them.
 *   <li>A checkpoint every 10 s: records become visible that often. A checkpoint may take one
 *       minute, and one failure in a row is tolerated: transactions stay open for 200 s at most,
 *       which is how long a dead job can hold consumers back.
 *   <li>Unlimited restarts, 1 s to 1 min apart: the job recovers by itself after an hour without
 *       Kafka. The preflight catches permanent errors before the start; alert on the restart count.
 *   <li>Checkpoints are kept after a cancelled job, if there is a directory for them.
 * </ul>
 */
public final class FlinkDefaults {

  /** Sets {@code options}, and the defaults for options set neither there nor in {@code env}. */
  public static void apply(StreamExecutionEnvironment env, Configuration options) {
    Configuration stated = stated(env.getConfiguration(), options);
    Configuration added = defaults(stated);
    stated.keySet().forEach(added::removeKey);
    added.addAll(options);
    env.configure(added);
  }

  /**
   * The effective options: the job's {@code options} override the {@code cluster}'s, which override
   * the defaults.
   */
  public static Configuration inForce(ReadableConfig cluster, Configuration options) {
    Configuration stated = stated(cluster, options);
    Configuration inForce = defaults(stated);
    inForce.addAll(stated);
    return inForce;
  }

  private static Configuration stated(ReadableConfig cluster, Configuration options) {
    Configuration stated = Configuration.fromMap(cluster.toMap());
    stated.addAll(options);
    return stated;
  }

  static Configuration defaults(ReadableConfig stated) {
    Configuration defaults = new Configuration();
    defaults.set(PipelineOptions.OBJECT_REUSE, true);
    defaults.set(PipelineOptions.GENERIC_TYPES, false);
    defaults.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    defaults.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    defaults.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1));
    defaults.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1);
    defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    defaults.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMinutes(1));
    defaults.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(10));
    if (stated.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isPresent()) {
      defaults.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    return defaults;
  }

  private FlinkDefaults() {}
}
