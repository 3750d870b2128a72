package io.embeddingexport.cli.peek;

import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The messages to read.
 *
 * @param until null: all messages, and those still to come
 */
public record ReadRange(ReadPosition from, @Nullable ReadPosition until) {

  /** Seeks in every partition; an offset out of range moves to the nearest one in range. */
  void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> wanted = from.offsets(partitions, new Offsets(consumer));
    for (TopicPartition partition : partitions) {
      long offset = Math.min(wanted.get(partition), ends.get(partition));
      consumer.seek(partition, Math.max(first.get(partition), offset));
    }
  }

  /** The current end offset of each partition, exclusive; empty if there is no end. */
  Map<TopicPartition, Long> ends(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    return until == null ? Map.of() : until.offsets(partitions, new Offsets(consumer));
  }

  private record Offsets(Consumer<?, ?> consumer) implements PartitionOffsets {
    @Override
    public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
      return consumer.beginningOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      return consumer.endOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> at(
        long timestampMillis, Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, timestampMillis));
      Map<TopicPartition, Long> offsets = new HashMap<>(ends(partitions));
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  offsets.put(partition, found.offset());
                }
              });
      return offsets;
    }
  }
}
