package io.embeddingexport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this process that runs one job. */
final class LocalCluster implements AutoCloseable {
  private final RunCounters counters = new RunCounters();
  private final MiniCluster cluster;
  private JobID job;

  private LocalCluster(Configuration configuration, int slots) {
    MiniClusterConfiguration settings =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(slots)
            .build();
    this.cluster =
        new MiniCluster(settings) {
          @Override
          protected MetricRegistryImpl createMetricRegistry(Configuration registry, long maxSize) {
            List<ReporterSetup> reporters =
                new ArrayList<>(
                    ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                        registry, DefaultReporterFilters::metricsFromConfiguration, null));
            reporters.add(
                new ReporterSetup(
                    "run", new MetricConfig(), counters, ReporterFilter.getNoOpFilter(), Map.of()));
            return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(registry, maxSize), reporters);
          }
        };
  }

  /**
   * Starts a cluster and submits the job to it.
   *
   * @param options Flink's; override the settings for a job without state or network
   */
  static LocalCluster run(StreamGraph graph, Configuration options, int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    configuration.addAll(options);
    LocalCluster local = new LocalCluster(configuration, slots);
    try {
      local.cluster.start();
      local.job = get(local.cluster.submitJob(graph.getJobGraph())).getJobID();
      return local;
    } catch (Exception e) {
      try {
        local.close();
      } catch (Exception closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  RunStatus status() throws Exception {
    AccessExecutionGraph graph = get(cluster.getExecutionGraph(job));
    int restarts = 0;
    boolean tasksRun = graph.getState() == JobStatus.RUNNING;
    for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
      restarts = Math.max(restarts, vertex.getCurrentExecutionAttempt().getAttemptNumber());
      ExecutionState state = vertex.getExecutionState();
      tasksRun &= state == ExecutionState.RUNNING || state == ExecutionState.FINISHED;
    }
    CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
    ErrorInfo failure = graph.getFailureInfo();
    return new RunStatus(
        graph.getState(),
        counters.sum("records"),
        counters.sum("rejects"),
        counters.sum("tombstones"),
        counters.sum("skips"),
        counters.rejectsByReason(),
        counters.lag(),
        checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
        restarts,
        tasksRun,
        failure == null
            ? null
            : failure.getException().deserializeError(LocalCluster.class.getClassLoader()));
  }

  /**
   * Stops the job once everything it has read is written and committed.
   *
   * @param savepoints URI of the directory for its savepoint
   * @return path of the savepoint
   */
  String stop(String savepoints) throws Exception {
    String savepoint =
        get(cluster.stopWithSavepoint(job, savepoints, false, SavepointFormatType.CANONICAL));
    get(cluster.requestJobResult(job));
    return savepoint;
  }

  /** The address of Flink's web UI, on loopback. */
  String webUi() throws Exception {
    return get(cluster.getRestAddress()).toString();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
