package io.embeddingexport.cli.demo;

import java.util.List;

/**
 * How a demo ended.
 *
 * @param restarts of the job
 * @param checkpoints completed
 * @param exportMillis from the first event sent until all were exported and committed
 * @param example one record, decoded, as lines to show
 */
record DemoResult(
    int sent,
    Verdict verdict,
    ChangeOutcome change,
    int restarts,
    long checkpoints,
    long exportMillis,
    List<String> example) {

  /** Inputs that became something, a second, the crash and the recovery included. */
  long perSecond() {
    return sent * 1000L / Math.max(1, exportMillis);
  }

  /** Whether all came out right, and did so although a task was killed. */
  boolean isClean() {
    return verdict.isClean() && restarts > 0;
  }
}
