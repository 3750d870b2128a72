package io.embeddingexport.cli.inputs;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.trial.ChosenInput;
import io.embeddingexport.cli.trial.ConfigsInForce;
import io.embeddingexport.cli.trial.MessageTrial;
import io.embeddingexport.cli.trial.NewestMessages;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryUnavailableException;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.job.options.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inputs try}: shows what the messages of a topic become, or proposes a mapping. */
@Command(
    name = "try",
    description = {
      "Show what the newest messages of a topic become: entity id, model, event time and tensors,"
          + " or why they would be rejected. It reads only committed messages.",
      "The mapping is that of --mapping, or the job's (input.mapping or input.format of --config)."
          + " With neither, it recognises the form of the messages, prints a mapping and key"
          + " configs for them, and tries both on these messages.",
      "It prints no elements of tensors, and changes nothing."
    },
    exitCodeList = {
      "0:every message would be written",
      "1:one would be rejected, nothing can be proposed, or the topic cannot be read",
      "2:wrong usage or options"
    })
final class TryCommand implements Callable<Integer> {
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_MESSAGES = 10_000;
  private static final int SHOWN_REJECTIONS = 10;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;
  @Mixin private SchemaOptions schema;

  @Parameters(paramLabel = "TOPIC", description = "Topic to read.")
  private String topic;

  @Option(
      names = {"-m", "--mapping"},
      paramLabel = "FILE",
      description = "Mapping to try; the topics in it do not matter.")
  private @Nullable String mapping;

  @Option(
      names = {"-k", "--key-config"},
      paramLabel = "FILE",
      split = ",",
      description =
          "Key configs to try: files, or directories of them. Repeatable, or comma-separated"
              + " (default: those of the job's key-config.files and key-config.topic; without any,"
              + " messages are only decoded).")
  private List<String> keyConfigs = new ArrayList<>();

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the newest messages to read (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Also write a proposal to DIR/TOPIC-mapping.yaml and DIR/TOPIC-keys.yaml; existing files"
              + " are not replaced.")
  private @Nullable Path save;

  @Override
  public Integer call()
      throws CommandException, InterruptedException, InvalidOptionsException, IOException {
    ArgumentCheck.require(
        spec,
        count > 0 && count <= MOST_MESSAGES,
        "--count " + count + ": must be 1 to " + MOST_MESSAGES);
    JobConfiguration job = client.load(JobOptions.CLIENT_PREFIX, JobOptions.SOURCE_PREFIX);
    try {
      ChosenInput chosen = ChosenInput.find(mapping, job, topic);
      requireOneWay(chosen != null);
      KeyConfigs configs = chosen == null ? null : keyConfigs(job);
      List<Envelope> messages = NewestMessages.read(client, topic, count);
      if (messages.isEmpty()) {
        throw new CommandException("topic '" + topic + "' has no committed messages");
      }
      out().println("newest messages of topic " + topic + ": " + messages.size());
      return chosen == null ? propose(messages, job) : show(chosen, configs, messages, job);
    } catch (InvalidInputException | RegistryUnavailableException e) {
      throw new CommandException(e.getMessage());
    }
  }

  private void requireOneWay(boolean isChosen) {
    ArgumentCheck.require(
        spec,
        !isChosen || !(schema.areGiven() || save != null),
        "--schema, --registry and --save are for a proposal; leave out the mapping, or them");
    ArgumentCheck.require(
        spec,
        isChosen || keyConfigs.isEmpty(),
        "--key-config: needs --mapping, or --config with input.mapping or input.format");
  }

  /** Null if there are none. */
  private @Nullable KeyConfigs keyConfigs(JobConfiguration job)
      throws CommandException, InterruptedException {
    List<String> files =
        keyConfigs.isEmpty()
            ? job.values().get(JobOptions.KEY_CONFIG_FILES, List.of())
            : keyConfigs;
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(files, problems);
    CommandException.throwIfAny(problems);
    String keyConfigTopic = job.values().get(JobOptions.KEY_CONFIG_TOPIC);
    if (keyConfigs.isEmpty() && keyConfigTopic != null) {
      return ConfigsInForce.read(configs, keyConfigTopic, client);
    }
    return configs.isEmpty() ? null : KeyConfigs.of(configs);
  }

  private int show(
      ChosenInput chosen,
      @Nullable KeyConfigs configs,
      List<Envelope> messages,
      JobConfiguration job)
      throws InvalidInputException, InvalidOptionsException {
    TrialReport report = new TrialReport(out(), false, MOST_MESSAGES);
    report.add(trial(chosen.input(), chosen.files(), configs, job), messages);
    out().println(report.summary());
    return report.isGood() ? 0 : 1;
  }

  private int propose(List<Envelope> messages, JobConfiguration job)
      throws CommandException, InvalidInputException, InvalidOptionsException, IOException {
    ProposedFiles files = ProposedFiles.of(topic, messages, schema.hint());
    if (save != null) {
      files.requireAbsent(save);
    }
    files.print(out());
    // The files' own texts are read, so that what is tried is what a job would read.
    TrialReport report = new TrialReport(out(), true, SHOWN_REJECTIONS);
    KeyConfigs configs = KeyConfigs.of(files.keyConfigs());
    report.add(trial(files.input(), files.proposal().files(), configs, job), messages);
    out().println("tried on these messages: " + report.summary());
    if (save != null) {
      files.write(save, out());
    }
    return report.isGood() ? 0 : 1;
  }

  private static MessageTrial trial(
      EventInput input,
      Map<String, byte[]> files,
      @Nullable KeyConfigs configs,
      JobConfiguration job)
      throws InvalidInputException, InvalidOptionsException {
    return new MessageTrial(
        input.withRegistryTimeout(REGISTRY_TIMEOUT),
        files,
        configs,
        JobSettings.limits(job),
        job.values().get(JobOptions.OUTPUT_FORWARD_HEADERS));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
