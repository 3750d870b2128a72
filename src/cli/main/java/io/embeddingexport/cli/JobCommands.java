package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.cli.positions.JobPositions;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.job.options.Backfill;
import io.embeddingexport.job.options.ClusterConfiguration;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobArguments;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.job.options.OptionsDocumentation;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands that run a job, check it, or list its options. */
@Command
final class JobCommands {
  private static final String PROMETHEUS =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

  /** The output of the command in question. */
  @Command
  static final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;
  }

  @Command(
      name = "run",
      description = {
        "Run the export here, in a Flink cluster inside this process, until it ends or Ctrl-C.",
        "It continues at the group's positions (docs/positions.md), however it ended before.",
        "Flink's options for jobs come from FLINK_CONF_DIR too, if it is set.",
        "On a cluster: flink run embedding-export-*-job.jar --config FILE (the same options)."
      },
      exitCodeList = {
        "0:the run ended or was stopped, and all it read is committed",
        "1:the job or a check before it failed",
        "2:wrong usage or options",
        "130, 143:stopped by Ctrl-C or SIGTERM before the job ran"
      })
  static int run(
      @Mixin JobArgumentOptions job,
      @Option(
              names = "--from",
              paramLabel = "POSITION",
              description =
                  "Where to start if the group has no position yet: earliest, latest,"
                      + " timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40.")
          @Nullable String from,
      @Option(
              names = "--until",
              paramLabel = "POSITION",
              description = "Where to stop: none, latest, timestamp:…, offset:….")
          @Nullable String until,
      @Option(
              names = "--metrics-port",
              paramLabel = "PORT",
              description =
                  "Serve metrics for Prometheus on this port, on all addresses (docs/metrics.md).")
          @Nullable Integer metricsPort,
      @Option(names = "--ui", description = "Serve Flink's web UI, and print its address.")
          boolean ui)
      throws Exception {
    JobArguments arguments = job.arguments().from(from).until(until);
    if (metricsPort != null) {
      arguments =
          arguments
              .with("flink.metrics.reporter.prometheus.factory.class=" + PROMETHEUS)
              .with("flink.metrics.reporter.prometheus.port=" + metricsPort)
              // Or Flink changes the labels: no-key-config would be no_key_config.
              .with("flink.metrics.reporter.prometheus.filterLabelValueCharacters=false");
    }
    try (StopSignal stop = StopSignal.install(JobRun.NOT_RUN)) {
      JobSettings settings = JobSettings.of(arguments.options()).on(cluster());
      return new JobRun(settings, StatusLine.onStandardError(), ui).untilEnd(stop);
    }
  }

  @Command(
      name = "backfill",
      description = {
        "Export a range of a job's inputs again, without moving the job's positions.",
        "The same command continues after an interruption, and does nothing once the range is done."
      },
      exitCodeList = {
        "0:the range is exported, or the run was stopped and all it read is committed",
        "1:the run or a check before it failed",
        "2:wrong usage or options",
        "130, 143:stopped by Ctrl-C or SIGTERM before the job ran"
      })
  static int backfill(
      @Mixin JobArgumentOptions job,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "POSITION",
              description =
                  "Where to start: earliest, timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40.")
          String from,
      @Option(
              names = "--until",
              required = true,
              paramLabel = "POSITION",
              description =
                  "Where to stop: timestamp:… in the past, or offset:… with every partition named,"
                      + " or *=OFFSET.")
          String until,
      @Option(
              names = "--model",
              paramLabel = "NAME",
              description = "Export only this model's events. Repeatable (default: all).")
          @Nullable List<String> models,
      @Option(
              names = "--output-topic",
              paramLabel = "TOPIC",
              description = "Topic of all records (default: the job's topics).")
          @Nullable String outputTopic,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description =
                  "Name of the backfill; the same name continues it (default: derived from the"
                      + " range, the models and the topics).")
          @Nullable String name)
      throws Exception {
    try (StopSignal stop = StopSignal.install(JobRun.NOT_RUN)) {
      Backfill backfill =
          new Backfill(from, until, models == null ? List.of() : models, outputTopic, name);
      JobSettings settings =
          JobSettings.of(backfill.options(job.arguments().options())).on(cluster());
      StatusLine status = StatusLine.onStandardError();
      status.message(
          "%s: from %s until %s, group %s"
              .formatted(settings.name(), from, until, settings.source().groupId()));
      if (isDone(settings)) {
        status.message("nothing left: the range is exported");
        return 0;
      }
      return new JobRun(settings, status, false).untilEnd(stop);
    }
  }

  /** Whether an earlier run has reached the end of every partition. */
  private static boolean isDone(JobSettings settings)
      throws InvalidOptionsException, CommandException, InterruptedException {
    ReadPosition until = Objects.requireNonNull(settings.source().until());
    try (PositionEditor positions = JobPositions.open(settings, JobAccess.READ)) {
      PositionReport report = positions.look();
      List<TopicPartition> inputs =
          report.inputs().stream().map(PositionStatus::partition).toList();
      Backfill.requireEnds(until, inputs);
      if (!report.problems().isEmpty()) {
        boolean began = report.hasMarkers() || !report.ofGroup().isEmpty();
        throw new CommandException(
            String.join("\n  ", report.problems())
                + (began ? "\n  Use another --name to start it again from the beginning." : ""));
      }
      Map<TopicPartition, Long> ends = until.offsets(inputs, positions.broker());
      return report.hasMarkers()
          && report.inputs().stream()
              .allMatch(
                  input -> Objects.requireNonNull(input.start()) >= ends.get(input.partition()));
    }
  }

  @Command(
      name = "doctor",
      description = {
        "Check brokers, topics, permissions, transactions and checkpoint storage for a job.",
        "Flink's options come from FLINK_CONF_DIR too, if it is set.",
        "It takes the options of run and submits nothing; docs/doctor.md explains each check."
      },
      exitCodeList = {
        "0:the job can run, though there may be warnings",
        "1:there are errors",
        "2:wrong usage or options"
      })
  static int doctor(
      @Mixin JobArgumentOptions job,
      @Mixin Output output,
      @Option(
              names = "--json",
              description = "Print one array of objects: check, level, text, remedy.")
          boolean json)
      throws Exception {
    JobSettings settings =
        JobSettings.of(
            job.arguments().with(JobOptions.PREFLIGHT_ENABLED.key() + "=true").options());
    Configuration cluster = cluster();
    PreflightContext context =
        cluster.keySet().isEmpty()
            ? PreflightContext.here(settings)
            : PreflightContext.onCluster(settings, cluster);
    List<Finding> findings =
        Preflight.check(context, Objects.requireNonNull(settings.preflightTimeout()));
    Findings printed = new Findings(findings);
    CommandLine command = output.spec.commandLine();
    PrintWriter out = command.getOut();
    if (json) {
      printed.printJson(out);
    } else {
      printed.print(out, command.getColorScheme().ansi());
    }
    return printed.count(Finding.Level.ERROR) == 0 ? 0 : 1;
  }

  /** The configuration of the cluster that this machine is set up for; empty: none. */
  static Configuration cluster() throws InvalidOptionsException {
    return ClusterConfiguration.load(System.getenv(ClusterConfiguration.DIRECTORY));
  }

  @Command(
      name = "options",
      description = "Print every option of the job, as in docs/configuration.md.")
  static void options(@Mixin Output output) {
    PrintWriter out = output.spec.commandLine().getOut();
    out.print(OptionsDocumentation.page());
    out.flush();
  }

  private JobCommands() {}
}
