package io.embeddingexport.cli.demo;

import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job.
 *
 * @param checkpoints number completed
 * @param restarts number of times tasks were restarted; Flink restarts those that a failure affects
 * @param failure reason it last failed; null if it never did
 */
public record JobProgress(
    JobStatus status, long checkpoints, int restarts, @Nullable Throwable failure) {

  /** Whether the job has ended other than by finishing. */
  public boolean hasFailed() {
    return status == JobStatus.FAILED || status == JobStatus.CANCELED;
  }
}
