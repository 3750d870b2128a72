package io.embeddingexport.job.options;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.client.cli.ArtifactFetchOptions;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.configuration.AlgorithmOptions;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CleanupOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.EventOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.HistoryServerOptions;
import org.apache.flink.configuration.JMXServerOptions;
import org.apache.flink.configuration.JobEventStoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.OptimizerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.QueryableStateOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.SinkOptions;
import org.apache.flink.configuration.SlowTaskDetectorOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateLatencyTrackOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.StateSizeTrackOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.TraceOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.runtime.highavailability.ApplicationResultStoreOptions;
import org.apache.flink.runtime.highavailability.JobResultStoreOptions;
import org.apache.flink.runtime.shuffle.ShuffleServiceOptions;

/** The names of Flink's options, which Flink itself does not check. */
final class FlinkOptionNames {
  /** Classes whose constants are Flink's options. */
  static final List<Class<?>> HOLDERS =
      List.of(
          AlgorithmOptions.class,
          ApplicationResultStoreOptions.class,
          ArtifactFetchOptions.class,
          BatchExecutionOptions.class,
          BlobServerOptions.class,
          CheckpointingOptions.class,
          CleanupOptions.class,
          ClientOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          DeploymentOptions.class,
          EventOptions.class,
          ExecutionOptions.class,
          ExternalResourceOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          HistoryServerOptions.class,
          JMXServerOptions.class,
          JobEventStoreOptions.class,
          JobManagerOptions.class,
          JobResultStoreOptions.class,
          MetricOptions.class,
          NettyShuffleEnvironmentOptions.class,
          OptimizerOptions.class,
          PipelineOptions.class,
          QueryableStateOptions.class,
          ResourceManagerOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          RpcOptions.class,
          SecurityOptions.class,
          ShuffleServiceOptions.class,
          SinkOptions.class,
          SlowTaskDetectorOptions.class,
          SourceReaderOptions.class,
          StateBackendOptions.class,
          StateChangelogOptions.class,
          StateLatencyTrackOptions.class,
          StateRecoveryOptions.class,
          StateSizeTrackOptions.class,
          TaskManagerOptions.class,
          TraceOptions.class,
          WebOptions.class);

  /** Prefixes whose suffixes are chosen by users or plugins. */
  private static final List<String> OPEN_PREFIXES =
      List.of(
          "containerized.",
          "env.",
          "events.reporter.",
          "external-resource.",
          "flink.hadoop.",
          "fs.",
          "gs.",
          "kubernetes.",
          "metrics.reporter.",
          "metrics.scope.variables.additional.",
          "pipeline.global-job-parameters.",
          "presto.",
          "s3.",
          "s3a.",
          "security.delegation.token.provider.",
          "security.kerberos.",
          "state.backend.forst.",
          "state.backend.rocksdb.",
          "traces.reporter.",
          "yarn.");

  /** Every name that Flink declares, including older names it still reads. */
  static final Set<String> ALL = declared();

  static boolean isKnown(String name) {
    return ALL.contains(name) || OPEN_PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** Whether Flink declares the name, or it is a setting of a metric reporter. */
  static boolean isListed(String name) {
    return ALL.contains(name) || name.startsWith("metrics.reporter.");
  }

  private static Set<String> declared() {
    Set<String> names = new TreeSet<>();
    for (Class<?> holder : HOLDERS) {
      for (ConfigOption<?> option : ConfigUtils.getAllConfigOptions(holder)) {
        names.add(option.key());
        option.fallbackKeys().forEach(older -> names.add(older.getKey()));
      }
    }
    return names;
  }

  private FlinkOptionNames() {}
}
