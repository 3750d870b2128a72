package io.embeddingexport.cli.demo;

import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job.
 *
 * @param checkpoints completed ones
 * @param restarts how often tasks were started again; Flink restarts those that a failure touches
 * @param failure why it failed last; null if it never did
 */
public record JobProgress(
    JobStatus status, long checkpoints, int restarts, @Nullable Throwable failure) {

  /** Whether the job has ended otherwise than by finishing. */
  public boolean hasFailed() {
    return status == JobStatus.FAILED || status == JobStatus.CANCELED;
  }
}
