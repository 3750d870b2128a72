package io.embeddingexport.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts at these offsets, and elsewhere at the partition's earliest message. Flink's own {@code
 * offsets} starts elsewhere at what the group has committed, and would skip what is before it.
 *
 * @param offsets first offset to read, by partition
 */
record StartOffsets(Map<TopicPartition, Long> offsets) implements OffsetsInitializer {

  StartOffsets {
    offsets = Map.copyOf(offsets);
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    List<TopicPartition> unnamed = new ArrayList<>(partitions);
    unnamed.removeAll(offsets.keySet());
    Map<TopicPartition, Long> starts = new HashMap<>(offsets);
    starts.keySet().retainAll(partitions);
    if (!unnamed.isEmpty()) {
      starts.putAll(retriever.beginningOffsets(unnamed));
    }
    return starts;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
