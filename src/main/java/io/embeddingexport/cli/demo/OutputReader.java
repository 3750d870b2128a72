package io.embeddingexport.cli.demo;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning like a downstream consumer: committed messages only, in order
 * within a partition. For one thread.
 */
final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<TopicPartition> partitions;
  private final Consumer<ConsumerRecord<byte[], byte[]>> sink;

  /**
   * @param sink receives every message
   */
  OutputReader(
      String bootstrapServers, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    this.sink = sink;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-check",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5000,
                "max.partition.fetch.bytes",
                4 << 20,
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Passes on arrived messages; waits for them for 200 ms at most. Returns the number of messages.
   */
  int read() {
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
    batch.forEach(sink);
    return batch.count();
  }

  /**
   * Passes on all messages up to the current end.
   *
   * @throws TimeoutException if no message arrives for a minute and the end is not reached
   */
  void readToEnd() throws TimeoutException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Set<TopicPartition> open = new HashSet<>(partitions);
    long lastMove = System.nanoTime();
    while (true) {
      open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
      if (open.isEmpty()) {
        return;
      }
      if (read() > 0) {
        lastMove = System.nanoTime();
      } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
        throw new TimeoutException("no more output comes from " + open);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
