package io.embeddingexport.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Stops at these offsets, and elsewhere at the partition's end as the job starts. Flink's own
 * {@code latest} asks for the end where each reader starts, so a restart would move it.
 *
 * @param offsets first offset not to read
 */
record StopOffsets(NamedOffsets offsets) implements OffsetsInitializer {

  StopOffsets(Map<TopicPartition, Long> offsets) {
    this(new NamedOffsets(offsets, null));
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    return offsets.complete(partitions, retriever::endOffsets);
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.LATEST;
  }
}
