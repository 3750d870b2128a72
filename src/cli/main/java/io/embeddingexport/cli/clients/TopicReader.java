package io.embeddingexport.cli.clients;

import io.embeddingexport.consumer.TopicEnds;
import io.embeddingexport.kafka.TopicPartitions;
import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.admin.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Reads committed messages of a topic up to its end at the start of reading. */
public final class TopicReader {
  /** Longest wait for a message before the end is reached. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(500);

  private final ClientOptions client;
  private final String clientId;
  private final String topic;

  /**
   * @param clientId names the client in the broker's logs and quotas
   */
  public TopicReader(ClientOptions client, String clientId, String topic) {
    this.client = client;
    this.clientId = clientId;
    this.topic = topic;
  }

  /** Passes on all messages. */
  public void all(Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    read(null, messages);
  }

  /**
   * Passes on the last messages. Offsets without a message, such as markers of transactions, count
   * too.
   *
   * @param most of all partitions together, split evenly as far as they have them
   * @return how many offsets were read: fewer than {@code most} if the topic has no more
   */
  public long last(long most, Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    return read(most, messages);
  }

  private long read(@Nullable Long most, Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    List<TopicPartition> partitions;
    try (BrokerTopics broker = new BrokerTopics(client)) {
      partitions = broker.partitions(List.of(topic), AclOperation.READ);
    }
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.committedReader(client, clientId)) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = new TreeMap<>(TopicPartitions.ORDER);
      starts.putAll(consumer.beginningOffsets(partitions));
      if (most != null) {
        LastOffsets.moveUp(starts, ends, most);
      }
      starts.forEach(consumer::seek);
      toTheEnd(consumer, ends, messages);
      return partitions.stream().mapToLong(one -> ends.get(one) - starts.get(one)).sum();
    } catch (TopicAuthorizationException e) {
      throw new CommandException(
          Permission.topic(AclOperation.READ, topic).refusal(client.bootstrapServers()));
    } catch (KafkaException e) {
      throw new CommandException("topic '" + topic + "' cannot be read: " + e.getMessage());
    }
  }

  private void toTheEnd(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> messages)
      throws CommandException {
    TopicEnds open = new TopicEnds(consumer, ends);
    Deadline deadline = Deadline.in(PATIENCE);
    while (!open.areReached(PATIENCE)) {
      if (deadline.isOver()) {
        throw new CommandException(
            "topic '%s' returned nothing for %d s: %s; check the brokers and try again"
                .formatted(topic, PATIENCE.toSeconds(), open.progress()));
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        deadline = Deadline.in(PATIENCE);
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        if (message.offset() < ends.get(partition)) {
          messages.accept(message);
        }
      }
    }
  }
}
