package io.embeddingexport.cli.topics;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.topics.NeededTopics.Needed;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.sink.OutputPartitions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics}: the topics that a job needs. */
@Command(name = "topics", description = "Create the topics that a job needs (docs/deploy.md).")
public final class TopicsCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "create",
      description = {
        "Create the topics that the job's options and key configs name, with the settings they"
            + " need.",
        "It does not change existing topics; doctor checks them."
      },
      exitCodeList = {"0:all exist", "1:one cannot be created", "2:wrong usage or options"})
  int create(
      @Mixin ClientOptions client,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              defaultValue = "4",
              description =
                  "Partitions of each topic but the key-config topic, which has one. With"
                      + " output.partitions: as-input at least those of existing inputs (default:"
                      + " ${DEFAULT-VALUE}).")
          int partitions)
      throws Exception {
    CommandSpec create = spec.subcommands().get("create").getCommandSpec();
    ArgumentCheck.require(
        create, partitions >= 1, "--partitions " + partitions + ": must be 1 or more");
    JobSettings settings =
        JobSettings.of(client.load(JobOptions.CLIENT_PREFIX, JobOptions.SINK_PREFIX));
    List<Needed> needed = NeededTopics.of(settings);
    PrintWriter out = spec.commandLine().getOut();
    try (BrokerTopics broker = new BrokerTopics(client)) {
      Set<String> missing = broker.certainlyMissing(needed.stream().map(Needed::name).toList());
      // All or none: a user who may create only some of them is told before.
      broker.requireCreatable(missing);
      int usual = Math.max(partitions, partitionsOfInputs(settings, broker, missing));
      for (Needed topic : needed) {
        if (missing.contains(topic.name())) {
          int count = topic.partitions() == 0 ? usual : topic.partitions();
          Map<String, String> topicSettings = new TreeMap<>(topic.settings());
          if (topic.name().equals(settings.sink().topics().deadLetters())) {
            topicSettings.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(NeededTopics.largestDeadLetter(largestMessages(settings, broker))));
          }
          broker.create(topic.name(), count, topicSettings, AclOperation.DESCRIBE);
          out.println("created: " + topic.name() + ", partitions: " + count + text(topicSettings));
        } else {
          out.println("exists:  " + topic.name());
        }
      }
    }
    return 0;
  }

  /** The partitions that outputs need because existing inputs have so many; 0 for no such need. */
  private static int partitionsOfInputs(
      JobSettings settings, BrokerTopics broker, Set<String> missing)
      throws CommandException, InterruptedException {
    if (settings.sink().partitions() != OutputPartitions.AS_INPUT) {
      return 0;
    }
    List<String> existing =
        settings.source().topics().stream().filter(topic -> !missing.contains(topic)).toList();
    return broker.partitions(existing, AclOperation.DESCRIBE).stream()
        .mapToInt(partition -> partition.partition() + 1)
        .max()
        .orElse(0);
  }

  /** The dead-letter topic is created last, so the topics that it follows exist. */
  private static List<Long> largestMessages(JobSettings settings, BrokerTopics broker)
      throws CommandException, InterruptedException {
    List<String> sources = new ArrayList<>(settings.source().topics());
    if (settings.keyConfigTopic() != null) {
      sources.add(settings.keyConfigTopic().topic());
    }
    List<Long> largest = new ArrayList<>();
    for (String topic : sources) {
      broker
          .setting(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
          .map(Long::valueOf)
          .ifPresent(largest::add);
    }
    return largest;
  }

  private static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(", " + name + "=" + value));
    return text.toString();
  }
}
