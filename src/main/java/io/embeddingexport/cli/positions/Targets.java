package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.source.SavepointPositions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** New positions, by partition. */
interface Targets {

  /**
   * An offset for each partition to set.
   *
   * @param inputs the job's partitions
   */
  Map<TopicPartition, Long> of(List<TopicPartition> inputs, PartitionOffsets broker);

  /** The text for a partition without target. */
  String unnamed();

  /** Positions in the grammar of {@code input.from}. */
  record ByPosition(ReadPosition position) implements Targets {

    /** If offsets name partitions, only {@code *=} covers the others. */
    @Override
    public Map<TopicPartition, Long> of(List<TopicPartition> inputs, PartitionOffsets broker) {
      if (!(position instanceof ReadPosition.Offsets offsets)) {
        return position.offsets(inputs, broker);
      }
      Map<TopicPartition, Long> targets = new HashMap<>(offsets.named());
      if (offsets.others() instanceof ReadPosition.Everywhere) {
        targets.putAll(offsets.offsets(inputs, broker));
      }
      return targets;
    }

    @Override
    public String unnamed() {
      return "not named";
    }
  }

  /** Positions of a savepoint or checkpoint. Topics that the job no longer reads are left out. */
  record BySavepoint(SavepointPositions savepoint) implements Targets {

    @Override
    public Map<TopicPartition, Long> of(List<TopicPartition> inputs, PartitionOffsets broker) {
      Map<TopicPartition, Long> targets = new HashMap<>(savepoint.offsets());
      targets.keySet().retainAll(inputs);
      List<TopicPartition> unread = inputs.stream().filter(savepoint.unread()::contains).toList();
      targets.putAll(broker.begins(unread));
      return targets;
    }

    @Override
    public String unnamed() {
      return "not in the savepoint";
    }
  }
}
