package io.embeddingexport.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a broker would answer: partition p begins at 10 p, ends at 10 p + 9, and its message at
 * offset 10 p + i has the timestamp 1000 i ms. Keeps what it was asked.
 */
final class Broker implements PartitionOffsets {
  final List<TopicPartition> askedForEnds = new ArrayList<>();
  final Map<TopicPartition, Long> askedForTimes = new HashMap<>();

  static TopicPartition partition(String topic, int partition) {
    return new TopicPartition(topic, partition);
  }

  @Override
  public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return offsets(partitions, 0);
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    askedForEnds.addAll(partitions);
    return offsets(partitions, 9);
  }

  @Override
  public Map<TopicPartition, Long> at(long timestampMillis, Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> askedForTimes.put(partition, timestampMillis));
    return offsets(partitions, Math.min(9, (timestampMillis + 999) / 1000));
  }

  private static Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, long i) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    partitions.forEach(partition -> offsets.put(partition, 10L * partition.partition() + i));
    return offsets;
  }
}
