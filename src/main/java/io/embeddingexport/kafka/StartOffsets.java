package io.embeddingexport.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts at these offsets, and elsewhere at the partition's earliest message. Flink's own {@code
 * offsets} starts elsewhere at what the group has committed, and would skip what is before it.
 *
 * @param offsets first offset to read
 */
record StartOffsets(NamedOffsets offsets) implements OffsetsInitializer {

  StartOffsets(Map<TopicPartition, Long> offsets) {
    this(new NamedOffsets(offsets, null));
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return offsets.complete(partitions, retriever::beginningOffsets);
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
