package io.embeddingexport.cli.clients;

import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.admin.Permission;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Reads the committed messages that come to topics from now on. */
public final class TopicFollower {
  private static final Duration POLL = Duration.ofMillis(500);

  private final ClientOptions client;
  private final String clientId;
  private final List<String> topics;

  /**
   * @param clientId names the client in the broker's logs and quotas
   */
  public TopicFollower(ClientOptions client, String clientId, List<String> topics) {
    this.client = client;
    this.clientId = clientId;
    this.topics = List.copyOf(topics);
  }

  /**
   * Passes messages on.
   *
   * @param filter which ones
   * @param time how long
   * @param most ends after so many
   */
  public void follow(
      Predicate<ConsumerRecord<byte[], byte[]>> filter,
      Duration time,
      long most,
      Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    List<TopicPartition> partitions;
    try (BrokerTopics broker = new BrokerTopics(client)) {
      partitions = broker.partitions(topics, AclOperation.READ);
    }
    try (var consumer = KafkaClients.committedReader(client, clientId)) {
      consumer.assign(partitions);
      consumer.endOffsets(partitions).forEach(consumer::seek);
      follow(consumer, filter, Deadline.in(time), most, messages);
    } catch (TopicAuthorizationException e) {
      throw new CommandException(
          Permission.topics(AclOperation.READ, topics).refusal(client.bootstrapServers()));
    } catch (KafkaException e) {
      throw new CommandException(
          "topics %s cannot be read: %s".formatted(String.join(", ", topics), e.getMessage()));
    }
  }

  /** Passes on what an assigned consumer gets. */
  static void follow(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Predicate<ConsumerRecord<byte[], byte[]>> filter,
      Deadline deadline,
      long most,
      Consumer<ConsumerRecord<byte[], byte[]>> messages) {
    long passed = 0;
    while (!deadline.isOver()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(deadline.left(POLL))) {
        if (filter.test(message)) {
          messages.accept(message);
          if (++passed == most) {
            return;
          }
        }
      }
    }
  }
}
