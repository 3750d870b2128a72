package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.AdminProperties;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The owner of positions, and how to reach the brokers. Immutable.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param groupId the consumer group whose offsets are the positions
 * @param transactionalIdPrefix prefix of the job's transactional ids
 * @param transactional whether positions are committed in transactions: exactly once
 * @param transactionTimeout time after which the brokers abort open transactions
 * @param consumerProperties of the source's consumers
 * @param producerProperties of the sink's producers
 */
public record PositionSettings(
    String bootstrapServers,
    String groupId,
    String transactionalIdPrefix,
    boolean transactional,
    Duration transactionTimeout,
    RunIdentity run,
    Map<String, String> consumerProperties,
    Map<String, String> producerProperties)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public PositionSettings {
    consumerProperties = Map.copyOf(consumerProperties);
    producerProperties = Map.copyOf(producerProperties);
  }

  /** These settings, for a job with another transactional id prefix. */
  PositionSettings withPrefix(String prefix) {
    return new PositionSettings(
        bootstrapServers,
        groupId,
        prefix,
        transactional,
        transactionTimeout,
        run,
        consumerProperties,
        producerProperties);
  }

  /** The transactional id number {@code n} of a slot. */
  public String transactionalId(int subtask, int n) {
    return transactionalIdPrefix + '-' + subtask + '-' + n;
  }

  /** Properties of an admin client. */
  public Map<String, Object> adminProperties(String client) {
    return AdminProperties.of(consumerProperties, bootstrapServers, groupId + '-' + client);
  }

  /**
   * Properties of a consumer that never subscribes: it looks up offsets, and reads assigned
   * partitions. {@code read_committed} makes it wait for positions that are being committed.
   */
  public Map<String, Object> consumerProperties(String client) {
    Map<String, Object> properties = new HashMap<>(consumerProperties);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, groupId + '-' + client);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }

  /** Properties of a producer without a transactional id. */
  public Map<String, Object> producerProperties(String client) {
    Map<String, Object> properties = new HashMap<>(producerProperties);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, groupId + '-' + client);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return properties;
  }

  /** Properties of a producer with this transactional id. */
  public Map<String, Object> producerProperties(String client, String transactionalId) {
    Map<String, Object> properties = producerProperties(client);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(transactionTimeout.toMillis()));
    return properties;
  }
}
