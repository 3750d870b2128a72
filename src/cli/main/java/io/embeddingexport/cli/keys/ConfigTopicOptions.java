package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the key-config topic and the connection settings. */
final class ConfigTopicOptions {
  static final String COMPACT = "compact";

  /** Names the consumers of key configs, and of events to try them on, to the broker. */
  static final String CLIENT = "embedding-export-keys";

  private static final String DEFAULT_TOPIC = "embedding-key-configs";

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "TOPIC",
      description = "The key-config topic (default: the job's, or " + DEFAULT_TOPIC + ").")
  private @Nullable String topic;

  /**
   * Reads the job's options.
   *
   * @return empty if none are given
   */
  JobConfiguration load() throws InvalidOptionsException {
    JobConfiguration job = client.load(JobOptions.CLIENT_PREFIX);
    if (topic == null) {
      topic = job.wellFormed().getOptional(JobOptions.KEY_CONFIG_TOPIC).orElse(DEFAULT_TOPIC);
    }
    return job;
  }

  private void requireTopic(BrokerTopics topics) throws CommandException, InterruptedException {
    if (!topics.missing(List.of(topic())).isEmpty()) {
      throw new CommandException(
          "topic '%s' does not exist at %s; 'keys publish --create' creates it, or check --topic"
              .formatted(topic(), client.bootstrapServers()));
    }
  }

  /**
   * Fails if the topic does not exist, or does not keep key configs. A topic with invisible
   * settings passes. Call {@link #load} before.
   */
  void requireCompacted() throws CommandException, InterruptedException {
    try (BrokerTopics topics = new BrokerTopics(client)) {
      requireTopic(topics);
      String policy = topics.setting(topic(), TopicConfig.CLEANUP_POLICY_CONFIG).orElse(COMPACT);
      if (!policy.equals(COMPACT)) {
        throw new CommandException(
            ("topic '%s' has cleanup.policy=%s, so old key configs would expire, and jobs refuse"
                    + " it; set cleanup.policy=%s, or check --topic")
                .formatted(topic(), policy, COMPACT));
      }
    }
  }

  /** The topic's contents. Call {@link #load} before. */
  TopicContents contents() throws CommandException, InterruptedException {
    try (BrokerTopics topics = new BrokerTopics(client)) {
      requireTopic(topics);
    }
    TopicContents contents = new TopicContents();
    new TopicReader(client, CLIENT, topic()).all(contents::add);
    return contents;
  }

  /** The topic. Call {@link #load} before. */
  String topic() {
    return topic == null ? DEFAULT_TOPIC : topic;
  }

  /** The connection to the brokers. Call {@link #load} before. */
  ClientOptions client() {
    return client;
  }
}
