package io.embeddingexport.cli.clients;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks that broker and topics exist before their client starts: a producer or consumer would wait
 * a minute and then report missing metadata.
 */
public final class BrokerTopics implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final String CLIENT = "embedding-export-admin";

  private final String bootstrapServers;
  private final Map<String, Object> properties;
  private final Admin admin;

  /**
   * @throws CommandException if the client's properties are invalid
   */
  public BrokerTopics(ClientOptions options) throws CommandException {
    this.bootstrapServers = options.bootstrapServers();
    this.properties = options.properties(CLIENT, Map.of());
    Optional<ConnectionFailure> tls = ConnectionFailure.plaintextToTls(properties);
    if (tls.isPresent()) {
      throw new CommandException(atServers(tls.get()));
    }
    this.admin = KafkaClients.admin(options, CLIENT);
  }

  /**
   * Checks that a broker answers.
   *
   * @throws CommandException if none does within 10 s
   */
  public void require() throws CommandException, InterruptedException {
    try {
      Answers.await(
          admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS)).nodes());
    } catch (KafkaException e) {
      throw failure("", e);
    }
  }

  /**
   * The partitions of these topics.
   *
   * @param use what the caller does with them: brokers hide topics from those who may not
   * @throws CommandException if no broker answers within 10 s, or a topic does not exist or is
   *     hidden
   */
  public List<TopicPartition> partitions(List<String> topics, AclOperation use)
      throws CommandException, InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    var descriptions =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MS))
            .topicNameValues();
    for (String topic : topics) {
      for (var info : answer(topic, use, descriptions.get(topic)).partitions()) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    return partitions;
  }

  /** The topics among these that do not exist. A topic that may not be seen counts as existing. */
  public Set<String> missing(Collection<String> topics)
      throws CommandException, InterruptedException {
    return missing(topics, false);
  }

  /**
   * The topics among these that do not exist.
   *
   * @throws CommandException if no broker answers within 10 s, or one may not be seen
   */
  public Set<String> certainlyMissing(Collection<String> topics)
      throws CommandException, InterruptedException {
    return missing(topics, true);
  }

  private Set<String> missing(Collection<String> topics, boolean certainly)
      throws CommandException, InterruptedException {
    Set<String> missing = new TreeSet<>();
    var descriptions =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MS))
            .topicNameValues();
    for (String topic : topics) {
      try {
        Answers.await(descriptions.get(topic));
      } catch (UnknownTopicOrPartitionException e) {
        missing.add(topic);
      } catch (AuthorizationException e) {
        if (certainly) {
          throw refused(AclOperation.DESCRIBE, topic);
        }
      } catch (KafkaException e) {
        throw failure(topic, e);
      }
    }
    return missing;
  }

  /**
   * A topic's setting; empty if it may not be seen.
   *
   * @param name such as {@code cleanup.policy}
   * @throws CommandException if no broker answers within 10 s, or the topic does not exist
   */
  public Optional<String> setting(String topic, String name)
      throws CommandException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config config =
          Answers.await(
              admin
                  .describeConfigs(
                      List.of(resource), new DescribeConfigsOptions().timeoutMs(PATIENCE_MS))
                  .values()
                  .get(resource));
      return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    } catch (AuthorizationException e) {
      return Optional.empty();
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  /**
   * Creates a topic with the broker's default replication, and waits until its leaders serve it. An
   * existing topic is left alone.
   *
   * @param settings of the topic, such as {@code cleanup.policy}
   * @param use what the caller does with it: brokers hide topics from those who may not
   */
  public void create(String topic, int partitions, Map<String, String> settings, AclOperation use)
      throws CommandException, InterruptedException {
    NewTopic created =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
    create(created, new CreateTopicsOptions().timeoutMs(PATIENCE_MS));
    try {
      NewTopics.awaitLeaders(admin, topic);
    } catch (AuthorizationException e) {
      throw refused(use, topic);
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  /**
   * Checks that these topics may be created; creates none.
   *
   * @throws CommandException if no broker answers within 10 s, or one may not
   */
  public void requireCreatable(Collection<String> topics)
      throws CommandException, InterruptedException {
    for (String topic : topics) {
      create(
          new NewTopic(topic, Optional.of(1), Optional.empty()),
          new CreateTopicsOptions().validateOnly(true).timeoutMs(PATIENCE_MS));
    }
  }

  private void create(NewTopic topic, CreateTopicsOptions options)
      throws CommandException, InterruptedException {
    try {
      Answers.await(admin.createTopics(List.of(topic), options).all());
    } catch (TopicExistsException e) {
      // Somebody else may have just created it.
    } catch (AuthorizationException e) {
      throw refused(AclOperation.CREATE, topic.name());
    } catch (KafkaException e) {
      throw failure(topic.name(), e);
    }
  }

  private <T> T answer(String topic, AclOperation use, KafkaFuture<T> future)
      throws CommandException, InterruptedException {
    try {
      return Answers.await(future);
    } catch (AuthorizationException e) {
      throw refused(use, topic);
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  private CommandException refused(AclOperation operation, String topic) {
    return new CommandException(Permission.topic(operation, topic).refusal(bootstrapServers));
  }

  private CommandException failure(String topic, KafkaException cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new CommandException(
          ("topic '%s' does not exist at %s; create it: kafka-topics.sh --bootstrap-server %s"
                  + " --create --topic %s --partitions 4")
              .formatted(topic, bootstrapServers, bootstrapServers, topic));
    }
    Optional<ConnectionFailure> connection = ConnectionFailure.of(cause, properties);
    if (cause instanceof TimeoutException) {
      return new CommandException(
          "no Kafka broker at %s answered within %d s%s"
              .formatted(
                  bootstrapServers,
                  PATIENCE_MS / 1000,
                  connection
                      .map(found -> ": " + found.sentence())
                      .orElse("; check --bootstrap-servers and that it runs")));
    }
    if (connection.isPresent()) {
      return new CommandException(atServers(connection.get()));
    }
    String said = String.valueOf(cause.getMessage());
    if (cause instanceof InvalidTopicException && said.contains("collides")) {
      return new CommandException(
          KafkaClients.oneLine(said) + ": Kafka treats '.' and '_' as the same; rename it");
    }
    if (cause instanceof InvalidTopicException) {
      return new CommandException(
          "'%s' is not a valid topic name: use letters, digits, '.', '_', '-', 249 at most"
              .formatted(topic));
    }
    return new CommandException(
        "topic '%s' at %s: %s".formatted(topic, bootstrapServers, KafkaClients.oneLine(said)));
  }

  private String atServers(ConnectionFailure failure) {
    return "Kafka at %s: %s".formatted(bootstrapServers, failure.sentence());
  }

  @Override
  public void close() {
    admin.close();
  }
}
