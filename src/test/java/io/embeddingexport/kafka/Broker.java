package io.embeddingexport.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * What a broker would answer: partition p begins at 10 p, ends at 10 p + 9, and its message at
 * offset 10 p + i has the timestamp 1000 i ms. Keeps what it was asked.
 */
final class Broker implements PartitionOffsetsRetriever {
  final List<TopicPartition> askedForEnds = new ArrayList<>();
  final Map<TopicPartition, Long> askedForTimes = new HashMap<>();

  static TopicPartition partition(String topic, int partition) {
    return new TopicPartition(topic, partition);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    askedForEnds.addAll(partitions);
    return offsets(partitions, 9);
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return offsets(partitions, 0);
  }

  @Override
  public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
    return offsets(partitions, 5);
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
    askedForTimes.putAll(times);
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    times.forEach(
        (partition, millis) -> {
          long i = (millis + 999) / 1000;
          if (i < 9) {
            found.put(partition, new OffsetAndTimestamp(10L * partition.partition() + i, 1000 * i));
          }
        });
    return found;
  }

  private static Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, long i) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    partitions.forEach(partition -> offsets.put(partition, 10L * partition.partition() + i));
    return offsets;
  }
}
