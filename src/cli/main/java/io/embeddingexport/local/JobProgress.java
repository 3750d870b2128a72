package io.embeddingexport.local;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job.
 *
 * @param tasksRun whether every task is running or finished
 * @param checkpoints number completed
 * @param restarts number of times tasks were restarted; Flink restarts those that a failure affects
 * @param failure reason it last failed; null if it never did
 */
public record JobProgress(
    JobStatus status,
    boolean tasksRun,
    long checkpoints,
    int restarts,
    @Nullable Throwable failure) {

  static JobProgress of(AccessExecutionGraph graph) {
    int restarts = 0;
    boolean tasksRun = graph.getState() == JobStatus.RUNNING;
    for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
      restarts += vertex.getCurrentExecutionAttempt().getAttemptNumber();
      ExecutionState state = vertex.getExecutionState();
      tasksRun &= state == ExecutionState.RUNNING || state == ExecutionState.FINISHED;
    }
    CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
    ErrorInfo failure = graph.getFailureInfo();
    return new JobProgress(
        graph.getState(),
        tasksRun,
        checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
        restarts,
        failure == null
            ? null
            : failure.getException().deserializeError(JobProgress.class.getClassLoader()));
  }

  /** Whether the job has ended other than by finishing. */
  public boolean hasFailed() {
    return status == JobStatus.FAILED || status == JobStatus.CANCELED;
  }
}
