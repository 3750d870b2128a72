package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The committed offsets of a consumer group.
 *
 * @param offsets only partitions with a committed offset
 */
record Group(Map<TopicPartition, OffsetAndMetadata> offsets) {

  /** Kafka's answers have a null for partitions without a commit. */
  Group {
    Map<TopicPartition, OffsetAndMetadata> present = new HashMap<>(offsets);
    present.values().removeIf(Objects::isNull);
    offsets = Map.copyOf(present);
  }

  /** This group, with newer offsets for some partitions. */
  Group with(List<TopicPartition> partitions, Group known) {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>(offsets);
    all.keySet().removeAll(partitions);
    all.putAll(known.offsets());
    return new Group(all);
  }

  @Nullable OffsetAndMetadata offset(TopicPartition partition) {
    return offsets.get(partition);
  }

  /** Null if nothing is committed, or none of our jobs committed it. */
  @Nullable PositionMarker marker(TopicPartition partition) {
    OffsetAndMetadata offset = offsets.get(partition);
    return offset == null ? null : PositionMarker.parse(offset.metadata());
  }

  /** Whether a run with at least this many slots has claimed all of {@code partitions}. */
  boolean isOf(RunIdentity run, int parallelism, Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(this::marker)
        .allMatch(
            marker ->
                marker != null
                    && marker.run().id().equals(run.id())
                    && marker.parallelism() >= parallelism);
  }

  /** Whether these starts equal the committed ones: the same offsets, of the same topics. */
  boolean standsAt(Map<TopicPartition, Start> starts) {
    return starts.entrySet().stream()
        .allMatch(
            start -> {
              OffsetAndMetadata offset = offsets.get(start.getKey());
              PositionMarker marker = marker(start.getKey());
              return offset != null
                  && marker != null
                  && offset.offset() == start.getValue().offset()
                  && marker.topicId().equals(start.getValue().marker().topicId());
            });
  }

  /** The markers of all partitions that have one. */
  List<PositionMarker> markers() {
    return offsets.keySet().stream().map(this::marker).filter(m -> m != null).toList();
  }

  /** The markers of one topic's partitions. */
  List<PositionMarker> markers(String topic) {
    return positions(topic).map(this::marker).toList();
  }

  /** Whether anyone has committed an offset for a topic. */
  boolean hasOffsets(String topic) {
    return offsets.keySet().stream().anyMatch(partition -> partition.topic().equals(topic));
  }

  /** A topic's partitions that have a position. */
  Stream<TopicPartition> positions(String topic) {
    return offsets.keySet().stream()
        .filter(partition -> partition.topic().equals(topic) && marker(partition) != null);
  }

  /**
   * Number of partitions of a topic that have positions, or get them now. A partition beyond that
   * number was added since; one before it has lost its position.
   */
  int known(TopicState topic, Collection<TopicPartition> starting) {
    return Stream.concat(positions(topic.name()), starting.stream())
        .filter(partition -> partition.topic().equals(topic.name()))
        .mapToInt(partition -> partition.partition() + 1)
        .max()
        .orElse(0);
  }
}
