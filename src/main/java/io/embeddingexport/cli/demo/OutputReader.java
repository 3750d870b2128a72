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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from end to end as a downstream consumer would: committed messages only. */
final class OutputReader {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * Hands every committed message of {@code topics} to {@code sink}, those of a partition in order.
   *
   * @throws TimeoutException if nothing arrives for a minute and the end is not reached
   */
  static void read(
      String bootstrapServers, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> sink)
      throws TimeoutException {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "client.id",
            "demo-check",
            "isolation.level",
            "read_committed",
            "max.poll.records",
            5000,
            "fetch.max.bytes",
            16 << 20,
            "max.partition.fetch.bytes",
            4 << 20,
            "enable.auto.commit",
            false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long lastMove = System.nanoTime();
      for (Set<TopicPartition> open = new HashSet<>(partitions); !open.isEmpty(); ) {
        var batch = consumer.poll(Duration.ofMillis(500));
        batch.forEach(sink);
        if (open.removeIf(partition -> consumer.position(partition) >= ends.get(partition))
            || !batch.isEmpty()) {
          lastMove = System.nanoTime();
        } else if (System.nanoTime() - lastMove > SILENCE.toNanos()) {
          throw new TimeoutException("nothing more arrives from " + open);
        }
      }
    }
  }

  private OutputReader() {}
}
