package io.embeddingexport.chaos.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * The job jar, submitted by Flink's own command line as users do. At most one runs at a time. Every
 * call that talks to the cluster tries again while no JobManager leads, 2 minutes at most.
 */
public interface SubmittedJob {
  /** {@code flink run -d}, without a savepoint: from the earliest input. */
  void start(int parallelism);

  /**
   * {@code flink run -d -s}.
   *
   * @param snapshot path of a savepoint or a retained checkpoint
   * @param set options of the job over those of its file
   */
  void restore(String snapshot, int parallelism, Map<String, String> set);

  /** {@code flink stop}: the savepoint's path. */
  String stopWithSavepoint();

  /** {@code flink cancel}, and waits for the end; the last checkpoint stays. */
  void cancel();

  /**
   * A run of the same jar in a process of its own ({@code bin/embedding-export run}, a local
   * cluster) to its end.
   *
   * @param set options over those of the job's file
   * @return what it printed
   */
  String runToEnd(Map<String, String> set);

  /** What the REST API says now; empty while no JobManager answers. */
  Optional<Status> status();

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
