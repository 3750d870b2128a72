package io.embeddingexport.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Offsets of partitions, from the brokers. Every answer covers each requested partition. */
public interface PartitionOffsets {

  /** The first readable offsets. */
  Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions);

  /** The offsets of the next messages. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions);

  /** The first offsets at or after a time, ms since the epoch; the end if there are none. */
  Map<TopicPartition, Long> at(long timestampMillis, Collection<TopicPartition> partitions);
}
