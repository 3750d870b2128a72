package io.embeddingexport.table;

import io.embeddingexport.consumer.TopicEnds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key-config topic to the end that it has now. It needs READ on the topic, and Kafka's
 * client, which Flink's connector for Kafka brings.
 */
final class KeyConfigTopicScan {
  private static final Duration POLL = Duration.ofMillis(500);

  private static final Map<String, Object> READER =
      Map.of(
          "client.id", "embedding-export-sql",
          "isolation.level", "read_committed",
          "auto.offset.reset", "earliest",
          "enable.auto.commit", "false",
          "allow.auto.create.topics", "false");

  private final String topic;
  private final Duration patience;
  private final long deadlineNanos;
  private String progress = "no broker has answered";

  private KeyConfigTopicScan(String topic, Duration patience) {
    this.topic = topic;
    this.patience = patience;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /**
   * The models of the topic.
   *
   * @param client properties of the table's client; those of its group are left out
   * @param patience longest time that this takes
   * @throws IllegalArgumentException if the topic cannot be read; the message says why, and what to
   *     do
   */
  static TopicModels run(String topic, Map<String, String> client, Duration patience) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.keySet().removeIf(name -> name.startsWith("group."));
    properties.putAll(READER);
    KeyConfigTopicScan scan = new KeyConfigTopicScan(topic, patience);
    // Kafka looks its own classes up in the thread's class loader, which need not know the jars of
    // the query.
    try (TemporaryClassLoaderContext ours =
            TemporaryClassLoaderContext.of(KeyConfigTopicScan.class.getClassLoader());
        Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return scan.read(consumer);
    } catch (TimeoutException e) {
      throw scan.late(e);
    } catch (AuthorizationException e) {
      throw new IllegalArgumentException("READ on the topic is not allowed; grant it", e);
    } catch (KafkaException e) {
      throw new IllegalArgumentException(
          "the topic cannot be read: " + rootMessage(e) + "; check the client's properties", e);
    }
  }

  private TopicModels read(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, left()).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException(
          "the topic does not exist; name another, or create it with 'keys publish --create'");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    TopicEnds ends = new TopicEnds(consumer, consumer.endOffsets(partitions, left()));
    TopicModels models = new TopicModels();
    while (!ends.areReached(left())) {
      progress = ends.progress();
      if (left().isZero()) {
        throw late(null);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        models.add(position(message), message.key(), message.value());
      }
    }
    return models;
  }

  private static String position(ConsumerRecord<?, ?> message) {
    return message.topic() + ":" + message.partition() + ":" + message.offset();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  private IllegalArgumentException late(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the topic is not read to its end within "
            + patience.toSeconds()
            + " s ("
            + progress
            + "); check the address, the brokers and the network",
        cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
