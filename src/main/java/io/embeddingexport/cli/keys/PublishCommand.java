package io.embeddingexport.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys publish}: puts key configs in force. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Put key configs in force: all of them, or none if one is refused.",
      "It shows how each differs from what is live; 'affects' names who must change as well:"
          + " readers of the records, senders of the events."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all are live, or would be after --dry-run",
      "1:one is refused, or the topic cannot be read or written; nothing is published",
      "2:wrong usage or options"
    })
public final class PublishCommand implements Callable<Integer> {
  /** One partition, so all key configs have an order. */
  private static final int PARTITIONS = 1;

  @Spec private CommandSpec spec;
  @Mixin private KeyConfigArguments files;
  @Mixin private ConfigTopicOptions options;
  @Mixin private DryRunOptions dryRun;

  @Option(
      names = "--create",
      description = "Create the topic, compacted and with one partition, if it does not exist.")
  private boolean create;

  @Override
  public Integer call() throws Exception {
    List<KeyConfig> configs = files.read();
    JobConfiguration job = options.load();
    if (dryRun.isAsked()) {
      dryRun.check(job);
      return dryRun(configs, job);
    }
    if (create) {
      createTopic();
    }
    options.requireCompacted();
    // Opened before the topic is read, so nobody can publish in between.
    try (TopicWriter writer = TopicWriter.open(options.client(), options.topic())) {
      TopicContents contents = options.contents();
      return publish(configs, contents, writer);
    }
  }

  private void createTopic() throws CommandException, InterruptedException {
    try (BrokerTopics topics = new BrokerTopics(options.client())) {
      topics.create(
          options.topic(), PARTITIONS, Map.of("cleanup.policy", ConfigTopicOptions.COMPACT));
    }
  }

  private int dryRun(List<KeyConfig> configs, JobConfiguration job) throws Exception {
    TopicContents contents = options.contents();
    List<Comparison> comparisons = accepted(configs, contents);
    if (comparisons == null) {
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("dry run: nothing is published");
    out.println();
    dryRun.run(comparisons, options.client(), job, out);
    out.flush();
    return 0;
  }

  private int publish(List<KeyConfig> configs, TopicContents contents, TopicWriter writer)
      throws CommandException, InterruptedException {
    List<Comparison> comparisons = accepted(configs, contents);
    if (comparisons == null) {
      return 1;
    }
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      messages.add(message(comparison.config(), contents.model(comparison.config().model())));
    }
    List<RecordMetadata> written = messages.isEmpty() ? List.of() : writer.write(messages);
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < written.size(); i++) {
      KeyConfig config = comparisons.get(i).config();
      RecordMetadata at = written.get(i);
      out.println(
          "published: model '%s', version %d, at %s %d@%d"
              .formatted(
                  config.model(), config.version(), at.topic(), at.partition(), at.offset()));
    }
    out.flush();
    return 0;
  }

  /** The key configs to publish, after showing them; null if one is refused. */
  private @Nullable List<Comparison> accepted(List<KeyConfig> configs, TopicContents contents)
      throws CommandException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ComparisonText text = new ComparisonText(out);
    List<Comparison> comparisons = new ArrayList<>();
    for (KeyConfig config : configs) {
      Comparison comparison = new Comparison(config, contents.entry(config.model()));
      text.print(comparison);
      comparisons.add(comparison);
    }
    out.flush();
    List<String> refusals = refusals(comparisons);
    refusals.forEach(refusal -> ErrorLine.print(spec, "refused: " + refusal));
    if (!refusals.isEmpty()) {
      ErrorLine.print(spec, "nothing is published");
    }
    return refusals.isEmpty()
        ? comparisons.stream().filter(comparison -> !comparison.isUnchanged()).toList()
        : null;
  }

  private List<String> refusals(List<Comparison> comparisons)
      throws CommandException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    comparisons.stream().map(Comparison::refusal).filter(Objects::nonNull).forEach(refusals::add);
    Set<String> topics = new TreeSet<>();
    for (Comparison comparison : comparisons) {
      if (comparison.config().outputTopic() != null && !comparison.isUnchanged()) {
        topics.add(comparison.config().outputTopic());
      }
    }
    try (BrokerTopics broker = new BrokerTopics(options.client())) {
      Set<String> missing = broker.missing(topics);
      for (Comparison comparison : comparisons) {
        String topic = comparison.config().outputTopic();
        if (topic != null && missing.contains(topic)) {
          refusals.add(
              "model '%s': its output-topic %s does not exist, and jobs refuse such a config; create the topic first"
                  .formatted(comparison.config().model(), topic));
        }
      }
    }
    return refusals;
  }

  /** A model stays in its partition, whoever published it first: order holds only there. */
  private ProducerRecord<byte[], byte[]> message(KeyConfig config, @Nullable LiveModel standing) {
    return new ProducerRecord<>(
        options.topic(),
        standing == null ? null : standing.place().partition(),
        config.model().getBytes(UTF_8),
        KeyConfigJson.write(config).getBytes(UTF_8));
  }
}
