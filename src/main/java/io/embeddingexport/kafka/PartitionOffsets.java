package io.embeddingexport.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Offsets of partitions, from the brokers. Every answer has each partition asked for. */
public interface PartitionOffsets {

  /** The first offsets that can be read. */
  Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions);

  /** The offsets that the next messages get. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions);

  /** The first offsets at or after a time, ms since the epoch; the end where there is none. */
  Map<TopicPartition, Long> at(long timestampMillis, Collection<TopicPartition> partitions);
}
