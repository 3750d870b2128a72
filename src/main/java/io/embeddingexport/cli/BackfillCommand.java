package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.positions.JobPositions;
import io.embeddingexport.job.options.Backfill;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backfill}: exports a range of the inputs again, parallel to the job. */
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
public final class BackfillCommand implements Callable<Integer> {

  @Mixin private JobArgumentOptions job = new JobArgumentOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "POSITION",
      description = "Where to start: earliest, timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40.")
  private String from = "";

  @Option(
      names = "--until",
      required = true,
      paramLabel = "POSITION",
      description =
          "Where to stop: timestamp:… in the past, or offset:… with every partition named, or"
              + " *=OFFSET.")
  private String until = "";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Export only this model's events. Repeatable (default: all).")
  private List<String> models = List.of();

  @Option(
      names = "--output-topic",
      paramLabel = "TOPIC",
      description = "Topic of all records (default: the job's topics).")
  private @Nullable String outputTopic;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the backfill; the same name continues it (default: derived from the range, the"
              + " models and the topics).")
  private @Nullable String name;

  @Override
  public Integer call() throws Exception {
    try (StopSignal stop = StopSignal.install(JobRun.NOT_RUN)) {
      return run(stop);
    }
  }

  private int run(StopSignal stop) throws Exception {
    Backfill backfill = new Backfill(from, until, models, outputTopic, name);
    JobSettings settings = JobSettings.of(backfill.options(job.arguments().options()));
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

  /** Whether an earlier run has reached the end of every partition. */
  private static boolean isDone(JobSettings settings)
      throws InvalidOptionsException, CommandException, InterruptedException {
    ReadPosition until = Objects.requireNonNull(settings.source().until());
    try (PositionEditor positions = JobPositions.open(settings)) {
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
}
