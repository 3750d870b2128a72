package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.PositionClient;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The end of a bounded run. It is looked up once, at the first start: a restart must not move it.
 */
final class SourceBounds {
  /** Null: the run is unbounded. */
  private final @Nullable Lookup ends;

  private volatile Map<TopicPartition, Long> stops;

  /** Asks the brokers where partitions end. */
  interface Lookup {
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions);
  }

  /**
   * @param ends null: unbounded
   * @param stops known from a checkpoint
   */
  SourceBounds(@Nullable Lookup ends, Map<TopicPartition, Long> stops) {
    this.ends = ends;
    this.stops = stops;
  }

  /**
   * @param until null: unbounded
   * @param stops known from a checkpoint
   */
  static SourceBounds of(
      PositionSettings positions, @Nullable ReadPosition until, Map<TopicPartition, Long> stops) {
    if (until == null) {
      return new SourceBounds(null, stops);
    }
    return new SourceBounds(
        partitions -> {
          try (PositionClient client = new PositionClient(positions, "bounds")) {
            return until.offsets(partitions, client);
          }
        },
        stops);
  }

  /** The ends of these partitions; asks the brokers for unknown ones. */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
    if (ends == null) {
      return Map.of();
    }
    Map<TopicPartition, Long> all = new HashMap<>(stops);
    List<TopicPartition> unknown = new ArrayList<>(partitions);
    unknown.removeAll(all.keySet());
    if (!unknown.isEmpty()) {
      all.putAll(ends.of(unknown));
    }
    return all;
  }

  void set(Map<TopicPartition, Long> found) {
    stops = Map.copyOf(found);
  }

  boolean areSet() {
    return ends != null;
  }

  long stop(TopicPartition partition) {
    return ends == null
        ? PartitionSplit.NEVER
        : stops.getOrDefault(partition, PartitionSplit.NEVER);
  }

  Map<TopicPartition, Long> stops() {
    return ends == null ? Map.of() : stops;
  }
}
