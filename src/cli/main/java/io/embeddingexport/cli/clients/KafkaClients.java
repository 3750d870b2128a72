package io.embeddingexport.cli.clients;

import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.RootMessage;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the commands' Kafka clients. Refused properties are a {@link CommandException}. */
public final class KafkaClients {
  private static final Map<String, Object> COMMITTED_READER =
      Map.of(
          "isolation.level",
          "read_committed",
          "enable.auto.commit",
          false,
          "auto.offset.reset",
          "earliest",
          "allow.auto.create.topics",
          false);

  public static Admin admin(ClientOptions options, String clientId) throws CommandException {
    return made(Admin::create, options.properties(clientId, Map.of()));
  }

  /** A consumer outside any group, of committed messages. */
  public static KafkaConsumer<byte[], byte[]> committedReader(
      ClientOptions options, String clientId) throws CommandException {
    return reader(options.properties(clientId, COMMITTED_READER));
  }

  /**
   * A consumer of committed messages in a group. The caller commits, and says where a partition
   * without a position begins.
   */
  public static KafkaConsumer<byte[], byte[]> groupReader(
      ClientOptions options, String clientId, String group) throws CommandException {
    Map<String, Object> properties = options.properties(clientId, COMMITTED_READER);
    properties.put("group.id", group);
    properties.put("enable.auto.commit", false);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    return reader(properties);
  }

  private static KafkaConsumer<byte[], byte[]> reader(Map<String, Object> properties)
      throws CommandException {
    return made(
        given ->
            new KafkaConsumer<>(given, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        properties);
  }

  public static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties)
      throws CommandException {
    return made(
        given -> new KafkaProducer<>(given, new ByteArraySerializer(), new ByteArraySerializer()),
        properties);
  }

  private static <T> T made(Function<Map<String, Object>, T> client, Map<String, Object> properties)
      throws CommandException {
    try {
      return client.apply(properties);
    } catch (KafkaException e) {
      throw new CommandException(
          ConnectionFailure.of(e, properties)
              .map(ConnectionFailure::sentence)
              .orElseGet(
                  () ->
                      oneLine(RootMessage.of(e))
                          + "; check --bootstrap-servers and --client-property"));
    }
  }

  /** A client's message without line breaks and without its full stop. */
  static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip().replaceAll("\\.$", "");
  }

  private KafkaClients() {}
}
