package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.DurationArgument;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a dry run of publishing: on the last events, or, as a canary, on live ones. */
final class DryRunOptions {
  private static final long LAST = 1_000;
  private static final String FOR = "60s";

  private static final int WOULD_REJECT = 3;
  private static final int NOT_TRIED = 4;

  /** Options that mean nothing where the key configs are published. */
  private static final List<String> OF_A_DRY_RUN =
      List.of("--events", "--for", "--input-topic", "--format", "--shadow-topic");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dry-run",
      description =
          "Publish nothing; report how many of the latest events would be rejected, and why. It"
              + " needs --input-topic, or --config with input.topic.")
  private boolean onLast;

  @Option(
      names = "--canary",
      paramLabel = "PERCENT",
      description =
          "Publish nothing; report the same of a share of the events that come from now on, such as"
              + " 1%%. A hash of topic, partition and offset chooses them.")
  private @Nullable String canary;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "With --canary: how long to follow the events (default: " + FOR + ").")
  private @Nullable String time;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "With --dry-run: how many events to try (default: "
              + LAST
              + "). With --canary: end after so many (default: no limit).")
  private @Nullable Long events;

  @Option(
      names = "--input-topic",
      paramLabel = "TOPIC",
      split = ",",
      description = "Topics of the events to try (default: the job's input.topic).")
  private List<String> inputTopics = List.of();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "thrift|json",
      description = "Encoding of the events to try (default: the job's input.format).")
  private @Nullable EventFormat format;

  @Option(
      names = "--shadow-topic",
      paramLabel = "TOPIC",
      description =
          "Also write the records that these events would become to this topic, which must not be"
              + " one that consumers read.")
  private @Nullable String shadowTopic;

  /**
   * Whether nothing is to be published.
   *
   * @throws ParameterException if an option of a dry run is given without one
   */
  boolean isAsked() {
    boolean asked = onLast || canary != null;
    for (String option : OF_A_DRY_RUN) {
      ArgumentCheck.require(
          spec,
          asked || !spec.commandLine().getParseResult().hasMatchedOption(option),
          option + ": needs --dry-run or --canary");
    }
    return asked;
  }

  /**
   * Checks the options without a broker.
   *
   * @throws ParameterException if the events to try are not named
   * @throws InvalidOptionsException if a limit of the job is invalid
   */
  void check(JobConfiguration job) throws InvalidOptionsException {
    inputs();
    ArgumentCheck.require(
        spec,
        !topics(job).isEmpty(),
        (onLast ? "--dry-run" : "--canary")
            + ": needs --input-topic, or --config with input.topic");
    JobSettings.limits(job);
  }

  private DryRunInputs inputs() {
    ArgumentCheck.require(
        spec,
        canary == null || !onLast,
        "--canary " + canary + ": is a dry run on live events; leave out --dry-run");
    ArgumentCheck.require(
        spec, events == null || events > 0, "--events " + events + ": must be 1 or more");
    if (canary == null) {
      ArgumentCheck.require(spec, time == null, "--for " + time + ": needs --canary");
      return new DryRunInputs.Last(Objects.requireNonNullElse(events, LAST));
    }
    Duration followed = DurationArgument.parse("--for", Objects.requireNonNullElse(time, FOR));
    ArgumentCheck.require(
        spec, followed.compareTo(Duration.ZERO) > 0, "--for " + time + ": must be more than 0");
    return new DryRunInputs.Live(
        SampleShare.parse("--canary", canary),
        followed,
        Objects.requireNonNullElse(events, Long.MAX_VALUE));
  }

  /**
   * Tries the new key configs, and prints the outcomes.
   *
   * @param comparisons the key configs that are not live yet
   * @return the exit code
   */
  int run(List<Comparison> comparisons, ClientOptions client, JobConfiguration job, PrintWriter out)
      throws CommandException, InterruptedException, InvalidOptionsException {
    if (comparisons.isEmpty()) {
      out.println("nothing to try: all are live");
      return 0;
    }
    Configuration options = job.values();
    List<String> topics = topics(job);
    DryRunInputs inputs = inputs();
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
    out.println(inputs.announcement(topics));
    out.println();
    if (shadowTopic == null) {
      inputs.read(client, topics, message -> dryRun.add(message, record -> {}));
    } else {
      requireShadow(shadowTopic, comparisons, topics, options);
      try (ShadowTopic shadow =
          ShadowTopic.open(client, shadowTopic, options.get(JobOptions.OUTPUT_FORWARD_HEADERS))) {
        inputs.read(client, topics, message -> dryRun.add(message, shadow::write));
        out.printf("written to topic %s: %d records%n%n", shadowTopic, shadow.flush());
      }
    }
    new DryRunText(out).print(dryRun, inputs.title(dryRun.inputs(), topics));
    return exitCode(dryRun);
  }

  private int exitCode(DryRun tried) {
    if (!tried.isHarmless()) {
      return WOULD_REJECT;
    }
    for (KeyConfig config : tried.untried()) {
      ErrorLine.print(
          spec,
          "model %s: no event of it was tried, so nothing is known of version %d; try more events, or check the input topic and the model's name"
              .formatted(SafeText.quoted(config.model()), config.version()));
    }
    return tried.untried().isEmpty() ? 0 : NOT_TRIED;
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
