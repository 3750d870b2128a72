package io.embeddingexport.cli.demo;

/**
 * What to demonstrate.
 *
 * @param count events to send
 * @param seed of everything that chance decides
 * @param parallelism of the job
 * @param ui whether to serve Flink's web UI on its usual port
 * @param keep whether to leave broker, cluster and job running at the end
 */
record DemoSettings(int count, long seed, int parallelism, boolean ui, boolean keep) {

  /** Temporary disk space a run takes: the events and their records, 600 bytes each. */
  long diskBytes() {
    return count * 1500L + (300L << 20);
  }
}
