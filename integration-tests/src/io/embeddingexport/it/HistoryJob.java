package io.embeddingexport.it;

import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A job on a cluster of its own, so that all of it can die at once. */
final class HistoryJob implements AutoCloseable {
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;

  private final FlinkCluster cluster;
  private final ExportJob job;
  private final Relay relay;
  private int killed;

  private HistoryJob(FlinkCluster cluster, ExportJob job, Relay relay) {
    this.cluster = cluster;
    this.job = job;
    this.relay = relay;
  }

  /**
   * @param state checkpoint or savepoint to start from; null: none
   */
  static HistoryJob start(Map<String, String> options, @Nullable String state, Relay relay)
      throws Exception {
    FlinkCluster cluster = FlinkCluster.start(TASK_MANAGERS, SLOTS, 0);
    try {
      return new HistoryJob(cluster, ExportJob.start(cluster, options, state), relay);
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  FlinkCluster cluster() {
    return cluster;
  }

  ExportJob job() {
    return job;
  }

  Relay relay() {
    return relay;
  }

  /** Waits until so many checkpoints more are complete; 0: until all tasks run. */
  void awaitCheckpoints(int count) {
    job.await(JobStatus.RUNNING);
    if (count > 0) {
      job.awaitCheckpoints(count);
    }
  }

  /** Kills each TaskManager of the start once at most. */
  boolean killTaskManager() throws Exception {
    if (killed == TASK_MANAGERS) {
      return false;
    }
    cluster.replaceTaskManager(killed++);
    return true;
  }

  /** Waits until the job has failed because another run took over. */
  void awaitSuperseded() {
    Awaitility.await("the end of a job that was superseded")
        .atMost(Kafka.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> job.progress().status() == JobStatus.FAILED);
    JobProgress progress = job.progress();
    for (Throwable cause = progress.failure(); cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("was superseded by run")) {
        return;
      }
    }
    throw new AssertionError("the job failed for another reason", progress.failure());
  }

  /** Ends all of it at once, whatever it was doing. */
  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
