package io.embeddingexport.local;

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
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
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
    Configuration options = new Configuration();
    options.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    return start(taskManagers, slots, options, null);
  }

  /**
   * Starts a cluster.
   *
   * @param slots task slots of each TaskManager
   * @param options override the settings for a job without network or large state
   * @param reporter gets all metrics, besides the reporters that {@code options} name; null: none
   */
  public static FlinkCluster start(
      int taskManagers, int slots, Configuration options, @Nullable MetricReporter reporter)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    configuration.addAll(options);
    MiniCluster cluster =
        new ReportingCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .build(),
            reporter);
    try {
      cluster.start();
    } catch (Exception e) {
      try {
        cluster.close();
      } catch (Exception closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
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
    return submit(job);
  }

  /** Submits a job. */
  public JobID submit(JobGraph job) throws Exception {
    return await(cluster.submitJob(job)).getJobID();
  }

  /** The job's current state. */
  public JobProgress progress(JobID job) throws Exception {
    return JobProgress.of(await(cluster.getExecutionGraph(job)));
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
    return stopWithSavepoint(job, directory.toUri().toString());
  }

  /**
   * Stops a job as above, and waits without a limit.
   *
   * @param directory URI of one of Flink's file systems
   * @return path of the savepoint
   */
  public String stopWithSavepoint(JobID job, String directory) throws Exception {
    String savepoint =
        await(
            cluster.stopWithSavepoint(job, directory, false, SavepointFormatType.CANONICAL),
            Long.MAX_VALUE);
    await(cluster.requestJobResult(job));
    return savepoint;
  }

  public void cancel(JobID job) throws Exception {
    await(cluster.cancelJob(job));
    await(cluster.requestJobResult(job));
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return await(future, TIMEOUT_SECONDS);
  }

  private static <T> T await(Future<T> future, long seconds) throws Exception {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("Flink did not answer for " + seconds + " s");
    }
  }
}
