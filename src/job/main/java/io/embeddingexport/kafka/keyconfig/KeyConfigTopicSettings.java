package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.kafka.admin.AdminProperties;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The key-config topic to follow, and how.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param clientIdPrefix prefix of the clients' ids; the consumer joins no group
 * @param startTimeout longest an instance may take to read the topic to its end at the start
 * @param properties consumer properties; those for fetching and groups, meant for events, are left
 *     out
 * @param notForRecords topics that no key config may name as its {@code output-topic}: the job's
 *     inputs and its dead-letter topic. This topic is also excluded.
 * @param partitionsAs topics whose partition numbers records keep, so that no {@code output-topic}
 *     may have fewer partitions; empty: records go by key
 */
@PublicEvolving
public record KeyConfigTopicSettings(
    String bootstrapServers,
    String topic,
    String clientIdPrefix,
    Duration startTimeout,
    Map<String, String> properties,
    Set<String> notForRecords,
    List<String> partitionsAs)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public KeyConfigTopicSettings {
    properties = Map.copyOf(properties);
    notForRecords = Set.copyOf(notForRecords);
    partitionsAs = List.copyOf(partitionsAs);
  }

  /**
   * The command that creates the topic. It has one partition: more have no benefit, and changing
   * their number would move models to other partitions.
   */
  public String createCommand() {
    return "kafka-topics.sh --bootstrap-server "
        + bootstrapServers
        + " --create --topic "
        + topic
        + " --partitions 1 --config cleanup.policy=compact";
  }

  /** Properties of one instance's admin client. */
  Map<String, Object> adminProperties(int subtask) {
    return AdminProperties.of(
        properties, bootstrapServers, clientIdPrefix + "-key-configs-" + subtask);
  }

  /**
   * Properties of one instance's consumer. An out-of-range offset is an error: the messages after
   * it do not continue what was read, so the topic must be read from its beginning.
   */
  Map<String, Object> consumerProperties(int subtask) {
    Map<String, Object> consumer = adminProperties(subtask);
    consumer.put("auto.offset.reset", "none");
    consumer.put("enable.auto.commit", "false");
    consumer.put("allow.auto.create.topics", "false");
    consumer.put("isolation.level", "read_committed");
    return consumer;
  }
}
