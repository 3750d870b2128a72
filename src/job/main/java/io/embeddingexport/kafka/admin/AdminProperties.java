package io.embeddingexport.kafka.admin;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Properties of an admin client that connects as another client does. */
public final class AdminProperties {

  /**
   * The properties of {@code client}, without those that only consumers and producers have. Names
   * that Kafka does not know stay: a login plugin or a config provider may read them.
   *
   * @param client of a consumer or a producer
   * @param bootstrapServers {@code host:port,…}
   */
  public static Map<String, Object> of(
      Map<String, String> client, String bootstrapServers, String clientId) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.keySet().removeIf(AdminProperties::isForMessages);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    return properties;
  }

  private static boolean isForMessages(String name) {
    return !AdminClientConfig.configNames().contains(name)
        && (ConsumerConfig.configNames().contains(name)
            || ProducerConfig.configNames().contains(name));
  }

  private AdminProperties() {}
}
