package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.job.checks.PreflightException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/** Checks a job and runs it in a Flink cluster inside this process. */
final class JobRun {
  /** Printed if a signal comes before the job runs. */
  static final String NOT_RUN =
      "stopped before the job ran; the next start continues where this one would have";

  private static final long PERIOD_MILLIS = 500;

  private final JobSettings settings;
  private final StatusLine status;
  private final boolean showsUi;

  /** Properties of the job's Kafka clients. */
  private final Map<String, Object> client;

  /** The word for what is rejected. */
  private final String rejected;

  private int restarts;

  /** Inputs per second, on average since the first. */
  private double rate;

  /**
   * @param showsUi whether the address of Flink's web UI is printed
   */
  JobRun(JobSettings settings, StatusLine status, boolean showsUi) {
    this.settings = settings;
    this.status = status;
    this.showsUi = showsUi;
    this.rejected = settings.writesDeadLetters() ? "dead letters" : "stay";
    this.client = settings.positions(RunIdentity.create(), settings.flink()).adminProperties("run");
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
      return untilEnd(cluster, job, counters, stop);
    }
  }

  private int untilEnd(FlinkCluster cluster, JobID job, RunCounters counters, StopSignal stop)
      throws Exception {
    long nanos = System.nanoTime();
    while (true) {
      boolean stopping = stop.await(PERIOD_MILLIS);
      RunStatus now = RunStatus.of(cluster.progress(job), counters);
      if (now.inputs() == 0) {
        nanos = System.nanoTime();
      }
      rate = now.inputs() * 1e9 / Math.max(1, System.nanoTime() - nanos);
      if (now.job().status().isGloballyTerminalState()) {
        return ended(now);
      }
      if (now.job().tasksRun()) {
        stop.started();
      }
      if (stopping) {
        return stopped(now, cluster, job, counters);
      }
      reportRestart(now);
      status.show(now.line(rejected, rate));
    }
  }

  private void reportRestart(RunStatus now) {
    if (now.job().restarts() > restarts && now.job().failure() != null) {
      status.message("restarted after: " + FailureText.of(now.job().failure(), client));
      restarts = now.job().restarts();
    }
  }

  private int ended(RunStatus end) {
    status.end(end.line(rejected, rate));
    String failure = failure(end.job(), client);
    if (failure == null) {
      if (!settings.writesDeadLetters()) {
        status.message(end.replayed());
      }
      return 0;
    }
    status.message(ErrorLine.of(failure));
    return 1;
  }

  /**
   * Why a job that has ended did not finish; null if it did. Flink keeps the failure of a job that
   * restarted and finished.
   *
   * @param client properties of the job's Kafka clients
   */
  static @Nullable String failure(JobProgress end, Map<String, ?> client) {
    if (!end.hasFailed()) {
      return null;
    }
    return end.failure() == null
        ? "the job was canceled"
        : "the job failed: " + FailureText.of(end.failure(), client);
  }

  private int stopped(RunStatus now, FlinkCluster cluster, JobID job, RunCounters counters)
      throws Exception {
    status.message("stopping; press Ctrl-C again to stop at once");
    if (!now.job().tasksRun()) {
      status.message("stopped while restarting; the next start reads uncommitted inputs again");
      return 1;
    }
    String savepoint = stopWithSavepoint(cluster, job);
    status.end(RunStatus.of(cluster.progress(job), counters).line(rejected, rate));
    status.message("stopped; all that was read is committed, and the next start continues here");
    if (savepoint != null) {
      status.message("savepoint of the key-config versions, which no start needs: " + savepoint);
    }
    return 0;
  }

  /**
   * Stops once everything is written and committed; Flink takes a savepoint for this.
   *
   * @return path of the savepoint; null if it is not kept
   */
  private @Nullable String stopWithSavepoint(FlinkCluster cluster, JobID job) throws Exception {
    String savepoints = savepoints(settings.flink());
    if (savepoints != null) {
      return cluster.stopWithSavepoint(job, savepoints);
    }
    Path passing = Files.createTempDirectory("embedding-export-savepoint");
    try {
      cluster.stopWithSavepoint(job, passing.toUri().toString());
      return null;
    } finally {
      FileUtils.deleteDirectoryQuietly(passing.toFile());
    }
  }

  private String plan(StreamExecutionEnvironment env) {
    String start = env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    return "%s → export (%s) → %s%s; %s, parallelism %d, checkpoint every %d ms%s"
        .formatted(
            String.join(", ", settings.source().topics()),
            models(),
            settings.sink().topics().records(),
            settings.writesDeadLetters()
                ? ", dead letters → " + settings.sink().topics().deadLetters()
                : ", and what is rejected again stays",
            settings.sink().guarantee(),
            env.getParallelism(),
            env.getCheckpointConfig().getCheckpointInterval(),
            start == null ? "" : ", key-config versions from " + start);
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
