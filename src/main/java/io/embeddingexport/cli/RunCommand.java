package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.job.options.JobArguments;
import io.embeddingexport.job.options.JobSettings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: runs the job in a Flink cluster inside this process. */
@Command(
    name = "run",
    description = {
      "Run the export here, in a Flink cluster inside this process, until it ends or Ctrl-C.",
      "It continues at the group's positions (docs/positions.md), however it ended before.",
      "On a cluster: flink run embedding-export-*-job.jar --config FILE (the same options)."
    },
    exitCodeList = {
      "0:the run ended or was stopped, and all it read is committed",
      "1:the job or a check before it failed",
      "2:wrong usage or options",
      "130, 143:stopped by Ctrl-C or SIGTERM before the job ran"
    })
public final class RunCommand implements Callable<Integer> {
  private static final String PROMETHEUS =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

  @Mixin private JobArgumentOptions job = new JobArgumentOptions();

  @Option(
      names = "--from",
      paramLabel = "POSITION",
      description =
          "Where to start if the group has no position yet: earliest, latest,"
              + " timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40.")
  private @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "POSITION",
      description = "Where to stop: none, latest, timestamp:…, offset:….")
  private @Nullable String until;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve metrics for Prometheus on this port, on all addresses (docs/metrics.md).")
  private @Nullable Integer metricsPort;

  @Option(names = "--ui", description = "Serve Flink's web UI, and print its address.")
  private boolean ui;

  @Override
  public Integer call() throws Exception {
    try (StopSignal stop = StopSignal.install(JobRun.NOT_RUN)) {
      JobSettings settings = JobSettings.of(arguments().options());
      return new JobRun(settings, StatusLine.onStandardError(), ui).untilEnd(stop);
    }
  }

  private JobArguments arguments() {
    JobArguments given = job.arguments().from(from).until(until);
    return metricsPort == null
        ? given
        : given
            .with("flink.metrics.reporter.prometheus.factory.class=" + PROMETHEUS)
            .with("flink.metrics.reporter.prometheus.port=" + metricsPort);
  }
}
