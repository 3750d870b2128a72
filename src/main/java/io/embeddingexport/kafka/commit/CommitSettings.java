package io.embeddingexport.kafka.commit;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How commits are checked.
 *
 * @param onFailure what happens when a commit is lost
 * @param acceptLoss whether what a restored checkpoint has lost is only an alarm
 * @param acceptDuplicates whether the job may start from a checkpoint that is not its newest
 * @param transactionTimeout after which the brokers abort a transaction
 * @param transactionalIdPrefix for the command that writes again what is lost
 * @param properties to reach the brokers with; what is for producers alone is left out
 */
public record CommitSettings(
    CommitFailure onFailure,
    boolean acceptLoss,
    boolean acceptDuplicates,
    Duration transactionTimeout,
    String transactionalIdPrefix,
    Map<String, String> properties)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public CommitSettings {
    properties = Map.copyOf(properties);
  }

  /** Properties of the admin client that asks what became of a transaction. */
  Map<String, Object> adminProperties(Duration timeout) {
    Map<String, Object> client = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          if (AdminClientConfig.configNames().contains(name) || name.startsWith("config.")) {
            client.put(name, value);
          }
        });
    String millis = Long.toString(timeout.toMillis());
    client.put(AdminClientConfig.CLIENT_ID_CONFIG, transactionalIdPrefix + "commit-check");
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    return client;
  }

  /** Properties of the consumer that looks at where a message was written. */
  Map<String, Object> consumerProperties(Duration timeout) {
    Map<String, Object> client = adminProperties(timeout);
    client.keySet().removeIf(name -> !isForConsumers(name));
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    return client;
  }

  private static boolean isForConsumers(String name) {
    return ConsumerConfig.configNames().contains(name) || name.startsWith("config.");
  }
}
