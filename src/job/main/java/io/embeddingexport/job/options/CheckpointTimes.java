package io.embeddingexport.job.options;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The time limits of the job's checkpoints, which decide how long a transaction may stay open. A
 * transaction begins after a checkpoint and is committed after the next completed one.
 *
 * @param interval between two checkpoints; zero: no checkpoints
 * @param timeout of one checkpoint
 * @param tolerated checkpoints that may fail in a row without a restart
 */
public record CheckpointTimes(Duration interval, Duration timeout, int tolerated) {
  private static final Duration MOST_MARGIN = Duration.ofMinutes(1);

  /** Kafka takes a timeout as a 32-bit number of milliseconds. */
  private static final Duration MOST = Duration.ofMillis(Integer.MAX_VALUE);

  /**
   * @param flink the options in force
   */
  public static CheckpointTimes of(ReadableConfig flink) {
    return new CheckpointTimes(
        flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).orElse(Duration.ZERO),
        flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
        Math.max(0, flink.getOptional(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER).orElse(0)));
  }

  /** Longest time from a transaction's begin to its commit; 24.8 days at most. */
  public Duration longestTransaction() {
    Duration one = interval.plus(timeout);
    Duration longest =
        one.multipliedBy(1L + tolerated).plus(one.compareTo(MOST_MARGIN) < 0 ? one : MOST_MARGIN);
    return longest.compareTo(MOST) < 0 ? longest : MOST;
  }
}
