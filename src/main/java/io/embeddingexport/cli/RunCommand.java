package io.embeddingexport.cli;

import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.JobArguments;
import io.embeddingexport.job.JobSettings;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: the job in a Flink cluster inside this process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run the export here, in a Flink cluster inside this process, until it ends or Ctrl-C.",
      "On a cluster: flink run embedding-export-*-job.jar --config FILE (the same options)."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the run ended, or was stopped, with all it read committed",
      "1:the job or a check before it failed",
      "2:wrong usage or options"
    })
public final class RunCommand implements Callable<Integer> {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The job's options (docs/configuration.md).")
  private @Nullable Path config;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "An option, over the file's. May be given many times.")
  private List<String> sets = List.of();

  @Option(
      names = "--from",
      paramLabel = "POSITION",
      description =
          "Where to start, if the group has no position yet: earliest, latest,"
              + " timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40.")
  private @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "POSITION",
      description = "Where to stop: none, latest, timestamp:…, offset:….")
  private @Nullable String until;

  @Override
  public Integer call() throws Exception {
    JobSettings settings = JobSettings.of(arguments().load());
    StatusLine status = StatusLine.onStandardError();
    for (Finding warning : Preflight.require(Subject.here(settings))) {
      status.message(warning.toString());
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(settings.flink());
    ExportTopology.define(env, settings);
    status.message(plan(settings, env));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(settings.name());
    try (StopSignal stop = StopSignal.install();
        LocalCluster cluster = LocalCluster.run(graph, settings.flink(), env.getParallelism())) {
      return new Run(cluster, status, stop, savepoints(settings.flink())).untilEnd();
    }
  }

  private JobArguments arguments() {
    return new JobArguments(config, sets).from(from).until(until);
  }

  private static String plan(JobSettings settings, StreamExecutionEnvironment env) {
    String start = env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    return String.join(", ", settings.source().topics())
        + " → export ("
        + models(settings)
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
        + (start == null ? "" : ", from " + start);
  }

  private static String models(JobSettings settings) {
    int fixed = settings.keyConfigs().size();
    String files = fixed + (fixed == 1 ? " model" : " models");
    if (settings.keyConfigTopic() == null) {
      return files;
    }
    String followed = "models of topic " + settings.keyConfigTopic().topic();
    return fixed == 0 ? followed : files + ", " + followed;
  }

  private static Path savepoints(Configuration flink) throws Exception {
    String directory = flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    return directory == null
        ? Files.createTempDirectory("embedding-export-savepoint")
        : Path.of(directory.replaceFirst("^file:(//)?", ""));
  }
}
