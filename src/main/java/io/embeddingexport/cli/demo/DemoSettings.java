package io.embeddingexport.cli.demo;

/**
 * The settings of the demo.
 *
 * @param count number of events to send
 * @param seed of all randomness
 * @param parallelism of the job
 * @param ui whether to serve Flink's web UI on its usual port
 * @param keep whether to leave broker, cluster and job running at the end
 */
record DemoSettings(int count, long seed, int parallelism, boolean ui, boolean keep) {

  /** Temporary disk space of a run: the events and their records, 600 bytes each. */
  long diskBytes() {
    return count * 1500L + (300L << 20);
  }
}
