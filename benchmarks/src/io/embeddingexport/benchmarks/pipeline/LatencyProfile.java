package io.embeddingexport.benchmarks.pipeline;

import java.util.Map;

/**
 * A way to run the job, as far as it decides how soon a record is visible.
 *
 * @param checkpointMillis between checkpoints
 * @param options over the job's defaults
 */
record LatencyProfile(String name, long checkpointMillis, Map<String, String> options) {

  /** A record of a running job is not later than this: an interval, and as much again. */
  long expectedMillis() {
    return options.isEmpty() ? 2 * checkpointMillis + 1000 : 1000;
  }

  static LatencyProfile exactlyOnce(long checkpointMillis) {
    return new LatencyProfile(
        "exactly once, checkpoint every " + checkpointMillis + " ms", checkpointMillis, Map.of());
  }

  /** Records are visible as soon as they are written; after a failure some are written again. */
  static LatencyProfile lowLatency() {
    return new LatencyProfile(
        "low latency: at least once",
        10_000,
        Map.of(
            "output.delivery-guarantee", "at-least-once",
            "kafka.sink.linger.ms", "1"));
  }
}
