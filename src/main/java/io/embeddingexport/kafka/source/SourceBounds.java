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
 * Where a bounded run ends. It is found out once, at the first start: a restart must not move it.
 */
final class SourceBounds {
  private final PositionSettings positions;
  private final @Nullable ReadPosition until;
  private volatile Map<TopicPartition, Long> stops;

  /**
   * @param until null: not bounded
   * @param stops known from a checkpoint
   */
  SourceBounds(
      PositionSettings positions, @Nullable ReadPosition until, Map<TopicPartition, Long> stops) {
    this.positions = positions;
    this.until = until;
    this.stops = stops;
  }

  /** Asks the brokers for what is not known yet. */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
    if (until == null) {
      return Map.of();
    }
    Map<TopicPartition, Long> all = new HashMap<>(stops);
    List<TopicPartition> unknown = new ArrayList<>(partitions);
    unknown.removeAll(all.keySet());
    if (!unknown.isEmpty()) {
      try (PositionClient client = new PositionClient(positions, "bounds")) {
        all.putAll(until.offsets(unknown, client));
      }
    }
    return all;
  }

  void set(Map<TopicPartition, Long> found) {
    stops = Map.copyOf(found);
  }

  boolean areSet() {
    return until != null;
  }

  long stop(TopicPartition partition) {
    return until == null
        ? PartitionSplit.NEVER
        : stops.getOrDefault(partition, PartitionSplit.NEVER);
  }

  Map<TopicPartition, Long> stops() {
    return until == null ? Map.of() : stops;
  }
}
