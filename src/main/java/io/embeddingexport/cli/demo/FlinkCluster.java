package io.embeddingexport.cli.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster in this process: a JobManager and TaskManagers that can be killed, with Flink's
 * REST endpoint. Thread-safe.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 120;

  private final MiniCluster cluster;

  private FlinkCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts a cluster.
   *
   * @param slots task slots of each TaskManager
   * @param restPort of the REST endpoint and web UI; 0: a free one
   */
  public static FlinkCluster start(int taskManagers, int slots, int restPort) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    // The job keeps no state on managed memory and sends nothing over the network.
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return new FlinkCluster(cluster);
  }

  /** Address of the web UI. */
  public URI restAddress() throws Exception {
    return await(cluster.getRestAddress());
  }

  /**
   * Submits the job defined in {@code env}.
   *
   * @param savepoint to start from; null: none
   */
  public JobID submit(StreamExecutionEnvironment env, String name, @Nullable String savepoint)
      throws Exception {
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    JobGraph job = graph.getJobGraph();
    if (savepoint != null) {
      job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    return await(cluster.submitJob(job)).getJobID();
  }

  /** The job's current state. */
  public JobProgress progress(JobID job) throws Exception {
    AccessExecutionGraph graph = await(cluster.getExecutionGraph(job));
    int restarts = 0;
    for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
      restarts += vertex.getCurrentExecutionAttempt().getAttemptNumber();
    }
    CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
    ErrorInfo failure = graph.getFailureInfo();
    return new JobProgress(
        graph.getState(),
        checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
        restarts,
        failure == null ? null : failure.getException().deserializeError(getClassLoader()));
  }

  /** Number of failed checkpoints of a job. */
  public long failedCheckpoints(JobID job) throws Exception {
    CheckpointStatsSnapshot checkpoints =
        await(cluster.getExecutionGraph(job)).getCheckpointStatsSnapshot();
    return checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfFailedCheckpoints();
  }

  /**
   * Kills a TaskManager and its tasks, and starts another in its place.
   *
   * @param index from 0, in the order started; each is killed once at most
   */
  public void replaceTaskManager(int index) throws Exception {
    await(cluster.terminateTaskManager(index));
    cluster.startTaskManager();
  }

  /**
   * Takes a savepoint of a running job. Its output stays uncommitted until the job's next
   * checkpoint, or until someone restores the savepoint.
   */
  public String savepoint(JobID job, Path directory) throws Exception {
    return await(
        cluster.triggerSavepoint(
            job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL));
  }

  /** Stops a job once a savepoint has been written and its output is committed. */
  public String stopWithSavepoint(JobID job, Path directory) throws Exception {
    return await(
        cluster.stopWithSavepoint(
            job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL));
  }

  public void cancel(JobID job) throws Exception {
    await(cluster.cancelJob(job));
    await(cluster.requestJobResult(job));
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private static ClassLoader getClassLoader() {
    return FlinkCluster.class.getClassLoader();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("Flink did not answer for " + TIMEOUT_SECONDS + " s");
    }
  }
}
