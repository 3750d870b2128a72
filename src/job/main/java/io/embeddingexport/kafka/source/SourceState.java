package io.embeddingexport.kafka.source;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The source's part of a checkpoint. It holds no positions.
 *
 * @param groupId the group whose offsets are the run's positions
 * @param topics topics for which the group had positions
 * @param stops the ends of a bounded run, by partition; empty if unbounded
 */
record SourceState(String groupId, Set<String> topics, Map<TopicPartition, Long> stops) {
  SourceState {
    topics = Set.copyOf(topics);
    stops = Map.copyOf(stops);
  }
}
