package io.embeddingexport.cli.demo;

import java.util.List;

/**
 * The result of a demo.
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

  /** Inputs exported per second, including the crash and the recovery. */
  long perSecond() {
    return sent * 1000L / Math.max(1, exportMillis);
  }

  /** Whether all output was right although a task was killed. */
  boolean isClean() {
    return verdict.isClean() && restarts > 0;
  }
}
