package io.embeddingexport.cli.clients;

import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.admin.Permission;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
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

  /** Longest wait for the brokers when the time is over. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
   * @param stopped ends as soon as it is true
   * @throws CommandException if the topics cannot be read, now or when the time is over: without
   *     brokers nothing comes, as on a quiet topic
   */
  public void follow(
      Predicate<ConsumerRecord<byte[], byte[]>> filter,
      Duration time,
      long most,
      BooleanSupplier stopped,
      Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    List<TopicPartition> partitions;
    try (BrokerTopics broker = new BrokerTopics(client)) {
      partitions = broker.partitions(topics, AclOperation.READ);
    }
    try (var consumer = KafkaClients.committedReader(client, clientId)) {
      consumer.assign(partitions);
      consumer.endOffsets(partitions).forEach(consumer::seek);
      Deadline deadline = Deadline.in(time);
      follow(consumer, filter, () -> deadline.isOver() || stopped.getAsBoolean(), most, messages);
      consumer.endOffsets(partitions, PATIENCE);
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
      BooleanSupplier isOver,
      long most,
      Consumer<ConsumerRecord<byte[], byte[]>> messages) {
    long passed = 0;
    while (!isOver.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
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
