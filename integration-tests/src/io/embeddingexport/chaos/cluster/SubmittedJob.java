package io.embeddingexport.chaos.cluster;

import java.util.Optional;

/**
 * The job jar, submitted by Flink's own command line as users do. What is said of the job is said
 * of its newest submission. Every call that talks to the cluster tries again while no JobManager
 * leads, 2 minutes at most.
 */
public interface SubmittedJob {
  /** {@code flink run -d}, without any state. */
  void start(int parallelism);

  /**
   * {@code flink run -d -s}.
   *
   * @param snapshot path of a savepoint or a retained checkpoint
   */
  void restore(String snapshot, int parallelism);

  /** {@code flink savepoint}: the job goes on; the savepoint's path. */
  String savepoint();

  /** {@code flink stop}: the savepoint's path. */
  String stopWithSavepoint();

  /** {@code flink cancel}, and waits for the end; the last checkpoint stays. */
  void cancel();

  /** What the REST API says now; empty while no JobManager answers. */
  Optional<Status> status();

  /** The same of any submission. */
  Optional<Status> status(String id);

  /**
   * A job.
   *
   * @param state {@code RUNNING}, {@code RESTARTING}, {@code FAILED} …, of Flink's JobStatus
   * @param running whether all tasks run
   * @param restarts since the submission or the last JobManager's takeover
   * @param completedCheckpoints likewise
   * @param lastCheckpoint path of the newest completed one; null before the first
   * @param failure the newest failure with its causes; null if there was none
   */
  record Status(
      String id,
      String state,
      boolean running,
      int restarts,
      long completedCheckpoints,
      String lastCheckpoint,
      String failure) {}
}
