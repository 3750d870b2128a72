package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
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
          "Publish nothing; report how many of the latest events would be rejected, and why. It"
              + " needs --input-topic, or --config with input.topic.")
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
      description = "With --dry-run: topics of the events (default: the job's input.topic).")
  private List<String> inputTopics = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "thrift|json",
      description = "With --dry-run: encoding of the events (default: the job's input.format).")
  private @Nullable EventFormat format;

  @Option(
      names = "--shadow-topic",
      paramLabel = "TOPIC",
      description =
          "With --dry-run: also write the records that these events would become to this topic,"
              + " which must not be one that consumers read.")
  private @Nullable String shadowTopic;

  boolean isAsked() {
    return asked;
  }

  /**
   * Checks the options without a broker.
   *
   * @throws ParameterException if the events to try are not named
   * @throws InvalidOptionsException if a limit of the job is invalid
   */
  void check(JobConfiguration job) throws InvalidOptionsException {
    ArgumentCheck.require(spec, events > 0, "--events " + events + ": must be 1 or more");
    ArgumentCheck.require(
        spec,
        !topics(job).isEmpty(),
        "--dry-run: needs --input-topic, or --config with input.topic");
    JobSettings.limits(job);
  }

  /** Tries the new key configs on the last events, and prints their outcomes. */
  void run(
      List<Comparison> comparisons, ClientOptions client, JobConfiguration job, PrintWriter out)
      throws CommandException, InterruptedException, InvalidOptionsException {
    Configuration options = job.values();
    List<String> topics = topics(job);
    DryRun dryRun;
    try {
      dryRun =
          new DryRun(
              comparisons,
              format == null ? JobSettings.inputs(job) : List.of(InputText.of(format)),
              JobSettings.limits(job),
              options.get(JobOptions.OUTPUT_FORWARD_HEADERS));
    } catch (InvalidInputException e) {
      throw new CommandException(e.getMessage());
    }
    if (shadowTopic == null) {
      read(dryRun, topics, client, record -> {});
    } else {
      requireShadow(shadowTopic, comparisons, topics, options);
      try (ShadowTopic shadow =
          ShadowTopic.open(client, shadowTopic, options.get(JobOptions.OUTPUT_FORWARD_HEADERS))) {
        read(dryRun, topics, client, shadow::write);
        out.printf("written to topic %s: %d records%n%n", shadowTopic, shadow.flush());
      }
    }
    new DryRunText(out).print(dryRun, String.join(", ", topics));
  }

  private void read(
      DryRun dryRun, List<String> topics, ClientOptions client, Consumer<Decision> records)
      throws CommandException, InterruptedException {
    long each = (events + topics.size() - 1) / topics.size();
    for (String topic : topics) {
      new TopicReader(client, ConfigTopicOptions.CLIENT, topic)
          .last(each, message -> dryRun.add(message, records));
    }
  }

  private static void requireShadow(
      String shadow, List<Comparison> comparisons, List<String> inputs, Configuration options)
      throws CommandException {
    boolean isUsed =
        inputs.contains(shadow)
            || shadow.equals(options.get(JobOptions.OUTPUT_TOPIC))
            || shadow.equals(options.get(JobOptions.DEAD_LETTER_TOPIC))
            || comparisons.stream().anyMatch(one -> shadow.equals(one.config().outputTopic()));
    if (isUsed) {
      throw new CommandException(
          "--shadow-topic %s: the job reads or writes it; name another".formatted(shadow));
    }
  }

  private List<String> topics(JobConfiguration job) throws InvalidOptionsException {
    return inputTopics.isEmpty() ? JobSettings.inputTopics(job) : inputTopics;
  }
}
