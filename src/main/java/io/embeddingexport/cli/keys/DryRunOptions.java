package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.job.JobOptions;
import java.io.PrintWriter;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a dry run of publishing, on past events. */
final class DryRunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dry-run",
      description =
          "Publish nothing; say how many of the last events would be rejected, and why. Needs the"
              + " input topic, given here or in --config.")
  private boolean asked;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With --dry-run: how many events to try (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--input-topic",
      paramLabel = "TOPIC",
      split = ",",
      description = "With --dry-run: where the events are (default: the job's input.topic).")
  private List<String> inputTopics = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "thrift|json",
      description = "With --dry-run: how they are encoded (default: the job's input.format).")
  private @Nullable EventFormat format;

  boolean isAsked() {
    return asked;
  }

  /** Fails if the events to try are not named. */
  void requireInput(Configuration job) {
    if (events < 1) {
      throw new ParameterException(spec.commandLine(), "--events " + events + ": give 1 or more");
    }
    if (topics(job).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--dry-run: give --input-topic, or --config with input.topic");
    }
  }

  /** Tries the new key configs on the last events, and prints their outcomes. */
  void run(List<Comparison> comparisons, ClientOptions client, Configuration job, PrintWriter out)
      throws CommandException, InterruptedException {
    List<String> topics = topics(job);
    EventFormat encoding = format == null ? job.get(JobOptions.INPUT_FORMAT) : format;
    DryRun dryRun =
        new DryRun(comparisons, encoding, limits(job), job.get(JobOptions.OUTPUT_FORWARD_HEADERS));
    long each = (events + topics.size() - 1) / topics.size();
    for (String topic : topics) {
      new TopicReader(client, topic).last(each, dryRun::add);
    }
    new DryRunText(out).print(dryRun, String.join(", ", topics));
  }

  private List<String> topics(Configuration job) {
    return inputTopics.isEmpty()
        ? job.getOptional(JobOptions.INPUT_TOPIC).orElse(List.of())
        : inputTopics;
  }

  private static ExportLimits limits(Configuration job) {
    return new ExportLimits(
        (int) job.get(JobOptions.EVENT_MAX_BYTES).getBytes(),
        (int) job.get(JobOptions.RECORD_MAX_BYTES).getBytes());
  }
}
