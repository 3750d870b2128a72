package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.source.SavepointPositions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * New positions, by partition.
 *
 * @param offsets gives an offset for each partition to set, from the job's partitions
 * @param unnamed the text for a partition without target
 */
record Targets(
    BiFunction<List<TopicPartition>, PartitionOffsets, Map<TopicPartition, Long>> offsets,
    String unnamed) {

  /**
   * Positions in the grammar of {@code input.from}. If offsets name partitions, only {@code *=}
   * covers the others.
   */
  static Targets of(ReadPosition position) {
    return new Targets(
        (inputs, broker) -> {
          if (!(position instanceof ReadPosition.Offsets offsets)) {
            return position.offsets(inputs, broker);
          }
          Map<TopicPartition, Long> targets = new HashMap<>(offsets.named());
          if (offsets.others() instanceof ReadPosition.Everywhere) {
            targets.putAll(offsets.offsets(inputs, broker));
          }
          return targets;
        },
        "not named");
  }

  /** Positions of a savepoint or checkpoint. Topics that the job no longer reads are left out. */
  static Targets of(SavepointPositions savepoint) {
    return new Targets(
        (inputs, broker) -> {
          Map<TopicPartition, Long> targets = new HashMap<>(savepoint.offsets());
          targets.keySet().retainAll(inputs);
          targets.putAll(
              broker.begins(inputs.stream().filter(savepoint.unread()::contains).toList()));
          return targets;
        },
        "not in the savepoint");
  }
}
