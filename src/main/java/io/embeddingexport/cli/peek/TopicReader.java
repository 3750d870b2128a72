package io.embeddingexport.cli.peek;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads all partitions of a topic from a position on, without a group. Not thread-safe. */
public final class TopicReader {
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  /**
   * Goes to the position.
   *
   * @throws IllegalArgumentException if there is no such topic
   */
  public TopicReader(Consumer<byte[], byte[]> consumer, String topic, OffsetsInitializer from) {
    this.consumer = consumer;
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new IllegalArgumentException("topic " + topic + " does not exist");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    consumer.assign(partitions);
    this.ends = consumer.endOffsets(partitions);
    from.getPartitionOffsets(partitions, new Offsets(consumer)).forEach(this::seek);
  }

  private void seek(TopicPartition partition, long offset) {
    if (offset >= 0) {
      consumer.seek(partition, offset);
    } else if (offset == -1) {
      consumer.seekToEnd(List.of(partition));
    } else {
      consumer.seekToBeginning(List.of(partition));
    }
  }

  /** The next messages, or none if there are none within {@code wait}. */
  public ConsumerRecords<byte[], byte[]> poll(Duration wait) {
    return consumer.poll(wait);
  }

  /** Whether everything has been read that was there at the start. */
  public boolean isAtEnd() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Offsets as Flink's initializers ask for them, from a consumer. */
  private record Offsets(Consumer<byte[], byte[]> consumer)
      implements OffsetsInitializer.PartitionOffsetsRetriever {
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
      Map<TopicPartition, OffsetAndTimestamp> found =
          new HashMap<>(consumer.offsetsForTimes(timestamps));
      found.values().removeIf(Objects::isNull);
      return found;
    }
  }
}
