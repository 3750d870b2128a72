package io.embeddingexport.cli.peek;

import io.embeddingexport.kafka.ReadPosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where to start reading, in the words of the job's {@code --from}, but for {@code committed}. */
public final class Start {
  private final OffsetsInitializer offsets;

  private Start(OffsetsInitializer offsets) {
    this.offsets = offsets;
  }

  /**
   * @throws IllegalArgumentException if {@code text} says no place; says what does
   */
  public static Start of(String text, List<String> topics) {
    if (text.equals("committed")) {
      throw new IllegalArgumentException("has no meaning here: peek commits no offsets");
    }
    return new Start(ReadPosition.from(text, topics));
  }

  /** Seeks in every partition; an offset that is not there any more, or not yet, gives way. */
  void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> wanted =
        offsets.getPartitionOffsets(partitions, new Offsets(consumer));
    for (TopicPartition partition : partitions) {
      long offset = wanted.get(partition);
      // Flink has negative numbers for ends: -1 is latest.
      long place = offset == -1 ? ends.get(partition) : offset;
      consumer.seek(
          partition, Math.max(first.get(partition), Math.min(place, ends.get(partition))));
    }
  }

  private record Offsets(Consumer<?, ?> consumer) implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      return Map.of();
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return consumer.endOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      return consumer.beginningOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> timestamps) {
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      consumer
          .offsetsForTimes(timestamps)
          .forEach((partition, offset) -> putIfKnown(found, partition, offset));
      return found;
    }

    private static void putIfKnown(
        Map<TopicPartition, OffsetAndTimestamp> found,
        TopicPartition partition,
        @Nullable OffsetAndTimestamp offset) {
      if (offset != null) {
        found.put(partition, offset);
      }
    }
  }
}
