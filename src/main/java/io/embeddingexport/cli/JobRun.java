package io.embeddingexport.cli;

import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.job.checks.PreflightException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** Checks a job and runs it in a Flink cluster inside this process. */
final class JobRun {
  /** Printed if a signal comes before the job runs. */
  static final String NOT_RUN =
      "stopped before the job ran; the next start continues where this one would have";

  private final JobSettings settings;
  private final StatusLine status;
  private final boolean showsUi;

  /**
   * @param showsUi whether the address of Flink's web UI is printed
   */
  JobRun(JobSettings settings, StatusLine status, boolean showsUi) {
    this.settings = settings;
    this.status = status;
    this.showsUi = showsUi;
  }

  /**
   * Runs until the job or the user ends it.
   *
   * @param stop told when the job runs
   * @return the exit code
   * @throws PreflightException if a check before the start finds an error
   * @throws InvalidOptionsException if the options contradict each other
   */
  int untilEnd(StopSignal stop) throws Exception {
    for (Finding warning : Preflight.require(PreflightContext.here(settings))) {
      status.message(warning.toString());
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(settings.flink());
    ExportTopology.define(env, settings);
    status.message(plan(env));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(settings.name());
    RunCounters counters = new RunCounters();
    try (FlinkCluster cluster =
        FlinkCluster.start(1, env.getParallelism(), settings.flink(), counters)) {
      JobID job = cluster.submit(graph.getJobGraph());
      if (showsUi) {
        status.message("Flink's web UI: " + cluster.restAddress());
      }
      return new Run(cluster, job, counters, status, stop, savepoints(settings.flink())).untilEnd();
    }
  }

  private String plan(StreamExecutionEnvironment env) {
    String start = env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    return String.join(", ", settings.source().topics())
        + " → export ("
        + models()
        + ") → "
        + settings.sink().topics().records()
        + ", dead letters → "
        + settings.sink().topics().deadLetters()
        + "; "
        + settings.sink().guarantee()
        + ", parallelism "
        + env.getParallelism()
        + ", checkpoint every "
        + env.getCheckpointConfig().getCheckpointInterval()
        + " ms"
        + (start == null ? "" : ", key-config versions from " + start);
  }

  private String models() {
    if (!settings.models().isEmpty()) {
      return String.join(", ", settings.models()) + " only";
    }
    int fixed = settings.keyConfigs().size();
    String files = fixed + (fixed == 1 ? " model" : " models");
    if (settings.keyConfigTopic() == null) {
      return files;
    }
    String followed = "models of topic " + settings.keyConfigTopic().topic();
    return fixed == 0 ? followed : files + ", " + followed;
  }

  /**
   * Directory for the savepoint of a stopped run: the savepoint directory, or else the checkpoint
   * directory.
   *
   * @return a URI of one of Flink's file systems; null if neither is set
   */
  static @Nullable String savepoints(ReadableConfig flink) {
    String savepoints = flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    if (savepoints != null) {
      return uri(savepoints);
    }
    String checkpoints = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    return checkpoints == null ? null : uri(checkpoints) + "/savepoints";
  }

  private static String uri(String directory) {
    String whole =
        directory.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")
            ? directory
            : Path.of(directory).toAbsolutePath().toUri().toString();
    return whole.replaceFirst("/+$", "");
  }
}
