package io.embeddingexport.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.keys.TopicContents.LiveModel;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.KeyConfigFiles;
import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigYaml;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: commands for key configs. */
@Command(name = "keys", description = "Check, publish and show key configs (docs/key-configs.md).")
public final class KeysCommand {
  /** Exit code of {@code keys diff}. */
  private static final int DIFFER = 3;

  /** One partition, so all key configs have an order. */
  private static final int PARTITIONS = 1;

  @Spec private CommandSpec spec;

  /** The key-config files passed to a command. */
  static final class FileArguments {
    @Parameters(
        paramLabel = "FILE",
        arity = "1..*",
        description = "Files, or directories of .yaml, .yml and .json files.")
    private List<String> files = List.of();

    /**
     * The key configs of all files, one per model.
     *
     * @throws CommandException naming every problem of every file
     */
    private List<KeyConfig> read() throws CommandException {
      List<String> problems = new ArrayList<>();
      List<KeyConfig> configs = KeyConfigFiles.read(files, problems);
      CommandException.throwIfAny(problems);
      return configs;
    }
  }

  @Command(
      name = "validate",
      description = "Check key-config files and name every problem at once.",
      exitCodeList = {"0:all are valid", "1:there are problems", "2:wrong usage"})
  int validate(@Mixin FileArguments files) {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(files.files, problems);
    problems.forEach(problem -> ErrorLine.print(spec, problem));
    for (KeyConfig config : configs) {
      int count = config.keys().size();
      out()
          .println(
              "valid: model '%s', version %d, %d %s%s"
                  .formatted(
                      config.model(),
                      config.version(),
                      count,
                      count == 1 ? "key" : "keys",
                      config.outputTopic() == null ? "" : ", to topic " + config.outputTopic()));
    }
    return problems.isEmpty() ? 0 : 1;
  }

  @Command(
      name = "diff",
      description = {
        "Show how key-config files differ from what is live.",
        "'affects' names who must change as well: readers of the records, senders of the events."
      },
      exitCodeList = {
        "0:no difference",
        "1:a file is not valid, or the topic cannot be read",
        "2:wrong usage",
        "3:they differ"
      })
  int diff(@Mixin FileArguments files, @Mixin ConfigTopicOptions options) throws Exception {
    List<KeyConfig> configs = files.read();
    options.load();
    TopicContents contents = options.contents();
    boolean differ = false;
    for (KeyConfig config : configs) {
      Comparison comparison = compared(config, contents);
      if (comparison.refusal() != null) {
        out().println("  cannot be published: " + comparison.refusal());
      }
      differ |= !comparison.isUnchanged();
    }
    return differ ? DIFFER : 0;
  }

  @Command(
      name = "publish",
      description = {
        "Put key configs in force: all of them, or none if one is refused.",
        "It shows how each differs from what is live; 'affects' names who must change as well:"
            + " readers of the records, senders of the events."
      },
      exitCodeList = {
        "0:all are live; with --dry-run or --canary: no event would be newly rejected",
        "1:one is refused, or the topic cannot be read or written; nothing is published",
        "2:wrong usage or options",
        "3:with --dry-run or --canary: events that are exported now would be rejected",
        "4:with --dry-run or --canary: no event of a live model was tried"
      })
  int publish(
      @Mixin FileArguments files,
      @Mixin ConfigTopicOptions options,
      @Mixin DryRunOptions dryRun,
      @Option(
              names = "--create",
              description =
                  "Create the topic, compacted and with one partition, if it does not exist.")
          boolean create)
      throws Exception {
    List<KeyConfig> configs = files.read();
    JobConfiguration job = options.load();
    if (dryRun.isAsked()) {
      dryRun.check(job);
      List<Comparison> comparisons = accepted(configs, options.contents(), options);
      return comparisons == null ? 1 : dryRun.run(comparisons, options.client(), job, out());
    }
    if (create) {
      try (BrokerTopics topics = new BrokerTopics(options.client())) {
        topics.create(
            options.topic(),
            PARTITIONS,
            Map.of("cleanup.policy", ConfigTopicOptions.COMPACT),
            AclOperation.WRITE);
      }
    }
    options.requireCompacted();
    // Opened before the topic is read, so nobody can publish in between.
    try (TopicWriter writer = TopicWriter.open(options.client(), options.topic())) {
      TopicContents contents = options.contents();
      List<Comparison> comparisons = accepted(configs, contents, options);
      if (comparisons == null) {
        return 1;
      }
      List<KeyConfig> published = comparisons.stream().map(Comparison::config).toList();
      List<RecordMetadata> written =
          published.isEmpty()
              ? List.of()
              : writer.write(
                  published.stream()
                      .map(config -> message(config, contents.model(config.model()), options))
                      .toList());
      for (int i = 0; i < written.size(); i++) {
        KeyConfig config = published.get(i);
        out()
            .println(
                "published: model '%s', version %d, at %s"
                    .formatted(config.model(), config.version(), position(written.get(i))));
      }
      return 0;
    }
  }

  /** A model stays in its partition, whoever published it first: order holds only there. */
  private static ProducerRecord<byte[], byte[]> message(
      KeyConfig config, @Nullable LiveModel live, ConfigTopicOptions options) {
    return new ProducerRecord<>(
        options.topic(),
        live == null ? null : live.position().partition(),
        config.model().getBytes(UTF_8),
        KeyConfigJson.write(config).getBytes(UTF_8));
  }

  @Command(
      name = "list",
      description = {
        "List the models of a key-config topic, and the messages that should not be there:",
        "invalid ones, and older versions after newer ones, which compaction would keep."
      },
      exitCodeList = {
        "0:listed",
        "1:listed with problems, or the topic cannot be read",
        "2:wrong usage"
      })
  int list(
      @Mixin ConfigTopicOptions options,
      @Option(names = "--json", description = "Print one JSON object per line.") boolean json)
      throws Exception {
    options.load();
    TopicContents contents = options.contents();
    if (json) {
      TopicListing.json(contents).forEach(out()::println);
    } else {
      TopicListing.print(contents, options.topic(), out());
    }
    return contents.problems().isEmpty() ? 0 : 1;
  }

  @Command(
      name = "show",
      description = {
        "Print the live key config of a model as YAML: edit it, set the next version, and publish.",
        "Features have their ids, and their names if the key config was published with them."
      },
      exitCodeList = {
        "0:printed",
        "1:the model is retired or unknown, or the topic cannot be read",
        "2:wrong usage"
      })
  int show(
      @Mixin ConfigTopicOptions options,
      @Parameters(paramLabel = "MODEL", description = "Model to show.") String model,
      @Option(names = "--json", description = "Print one line of JSON, with every default.")
          boolean json)
      throws Exception {
    options.load();
    TopicContents contents = options.contents();
    LiveModel live = contents.model(model);
    if (live == null) {
      throw new CommandException(contents.unknown(model, options.topic()));
    }
    if (!(live.entry() instanceof KeyConfig config)) {
      long version = live.entry().version();
      throw new CommandException(
          "model %s has been retired since %s (%s); its version was %s"
              .formatted(
                  SafeText.quoted(model),
                  live.position().time(),
                  live.position(),
                  version == 0 ? "unknown" : version));
    }
    if (json) {
      out().println(KeyConfigJson.write(config));
    } else {
      out().println("# " + live.position() + ", published " + live.position().time());
      out().print(KeyConfigYaml.write(config));
    }
    return 0;
  }

  @Command(
      name = "retire",
      description = {
        "Withdraw the key configs of models: all of them, or none if one is refused.",
        "Events of a retired model become dead letters (model-retired) until a greater version is"
            + " published. It does not ask for confirmation."
      },
      exitCodeList = {
        "0:all are retired",
        "1:one is unknown or retired already, or the topic cannot be read or written; none is"
            + " retired",
        "2:wrong usage"
      })
  int retire(
      @Mixin ConfigTopicOptions options,
      @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Models to retire.")
          Set<String> models)
      throws Exception {
    options.load();
    options.requireCompacted();
    // Opened before the topic is read, so nobody can publish in between.
    try (TopicWriter writer = TopicWriter.open(options.client(), options.topic())) {
      TopicContents contents = options.contents();
      List<String> refusals =
          models.stream()
              .map(model -> refusal(model, contents, options.topic()))
              .filter(Objects::nonNull)
              .toList();
      if (isRefused(refusals, "nothing is retired")) {
        return 1;
      }
      List<LiveModel> retired = models.stream().map(contents::model).toList();
      List<RecordMetadata> written =
          writer.write(retired.stream().map(model -> tombstone(model, options.topic())).toList());
      for (int i = 0; i < written.size(); i++) {
        out()
            .println(
                "retired: model %s, at %s; its events become dead letters (model-retired) until a version greater than %d is published"
                    .formatted(
                        SafeText.quoted(retired.get(i).entry().model()),
                        position(written.get(i)),
                        retired.get(i).entry().version()));
      }
      return 0;
    }
  }

  private static @Nullable String refusal(String model, TopicContents contents, String topic) {
    LiveModel live = contents.model(model);
    if (live == null) {
      return contents.unknown(model, topic);
    }
    return live.entry() instanceof KeyConfig
        ? null
        : "model %s is retired already, since %s (%s)"
            .formatted(SafeText.quoted(model), live.position().time(), live.position());
  }

  /** Goes to the partition of the config it ends, since order holds only there. */
  private static ProducerRecord<byte[], byte[]> tombstone(LiveModel live, String topic) {
    byte[] key = live.entry().model().getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, live.position().partition(), key, null);
    byte[] version = Long.toString(live.entry().version()).getBytes(UTF_8);
    message.headers().add(HeaderNames.KEY_CONFIG_VERSION, version);
    return message;
  }

  /** The key configs to publish, after showing them; null if one is refused. */
  private @Nullable List<Comparison> accepted(
      List<KeyConfig> configs, TopicContents contents, ConfigTopicOptions options)
      throws CommandException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    Set<String> topics = new TreeSet<>();
    for (KeyConfig config : configs) {
      Comparison comparison = compared(config, contents);
      comparisons.add(comparison);
      if (comparison.refusal() != null) {
        refusals.add(comparison.refusal());
      }
      if (config.outputTopic() != null && !comparison.isUnchanged()) {
        topics.add(config.outputTopic());
      }
    }
    try (BrokerTopics broker = new BrokerTopics(options.client())) {
      Set<String> missing = broker.missing(topics);
      for (KeyConfig config : configs) {
        String topic = config.outputTopic();
        if (topic != null && missing.contains(topic)) {
          refusals.add(
              "model '%s': its output-topic %s does not exist, and jobs refuse such a config; create the topic first"
                  .formatted(config.model(), topic));
        }
      }
    }
    return isRefused(refusals, "nothing is published")
        ? null
        : comparisons.stream().filter(comparison -> !comparison.isUnchanged()).toList();
  }

  private Comparison compared(KeyConfig config, TopicContents contents) {
    Comparison comparison = new Comparison(config, contents.entry(config.model()));
    comparison.print(out());
    return comparison;
  }

  private boolean isRefused(List<String> refusals, String outcome) {
    refusals.forEach(refusal -> ErrorLine.print(spec, "refused: " + refusal));
    if (!refusals.isEmpty()) {
      ErrorLine.print(spec, outcome);
    }
    return !refusals.isEmpty();
  }

  private static String position(RecordMetadata written) {
    return "%s %d@%d".formatted(written.topic(), written.partition(), written.offset());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
