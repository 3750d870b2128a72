package io.embeddingexport.kafka.source;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What a checkpoint keeps of the source as a whole. Where partitions stand is not part of it.
 *
 * @param groupId whose positions the run goes by
 * @param topics of which the group had positions
 * @param stops where a bounded run ends, by partition; empty if it is not bounded
 */
record SourceState(String groupId, Set<String> topics, Map<TopicPartition, Long> stops) {
  SourceState {
    topics = Set.copyOf(topics);
    stops = Map.copyOf(stops);
  }
}
