package io.embeddingexport.benchmarks.pipeline;

import java.util.Map;

/**
 * A way to run the job, as far as it decides how soon a record is visible.
 *
 * @param checkpointMillis between checkpoints
 * @param expectedMillis a record of a job that runs steadily is not later than this
 * @param options over the job's defaults
 */
record LatencyProfile(
    String name, long checkpointMillis, long expectedMillis, Map<String, String> options) {
  private static final long SLACK_MILLIS = 1000;

  static LatencyProfile exactlyOnce(long checkpointMillis) {
    return new LatencyProfile(
        "exactly once, checkpoint every " + checkpointMillis + " ms",
        checkpointMillis,
        2 * checkpointMillis + SLACK_MILLIS,
        Map.of());
  }

  /** Records are visible as soon as they are written; after a failure some are written again. */
  static LatencyProfile lowLatency() {
    return new LatencyProfile(
        "low latency: at least once",
        10_000,
        SLACK_MILLIS,
        Map.of(
            "output.delivery-guarantee", "at-least-once",
            "kafka.sink.linger.ms", "1"));
  }
}
