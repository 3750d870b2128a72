package io.embeddingexport.kafka.sink;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.positions.PositionMarker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A slot's progress in each of its partitions. For the task's thread.
 *
 * <p>Inputs arrive in runs of one partition, so the last partition is cached.
 */
final class Positions {
  private final List<Position> all = new ArrayList<>();
  private @Nullable Position current;
  private boolean moved;

  private static final class Position {
    final TopicPartition partition;
    PositionMarker marker;
    long next;

    Position(PartitionStart start, PositionMarker marker) {
      this.partition = new TopicPartition(start.topic(), start.partition());
      this.marker = marker;
      this.next = start.next();
    }

    boolean isOf(String topic, int number) {
      return partition.partition() == number && partition.topic().equals(topic);
    }
  }

  /**
   * Takes a partition's start.
   *
   * @return whether the slot already had the partition: its topic was recreated
   */
  boolean start(PartitionStart start) {
    PositionMarker marker = PositionMarker.parse(start.marker());
    if (marker == null) {
      throw new IllegalStateException("partition " + start + " starts without a marker");
    }
    boolean had = all.removeIf(position -> position.isOf(start.topic(), start.partition()));
    current = new Position(start, marker);
    all.add(current);
    return had;
  }

  /**
   * Moves a partition's position.
   *
   * @param next offset of the first input not exported yet
   */
  void move(String topic, int partition, long next) {
    Position position = current;
    if (position == null || !position.isOf(topic, partition)) {
      position = find(topic, partition);
      current = position;
    }
    position.next = next;
    moved = true;
  }

  private Position find(String topic, int partition) {
    for (Position position : all) {
      if (position.isOf(topic, partition)) {
        return position;
      }
    }
    throw new IllegalStateException(
        "an input of "
            + topic
            + " partition "
            + partition
            + " came before the partition's start. The sink must run with the source's parallelism, and"
            + " nothing between them may move inputs to another slot");
  }

  /** The position of each partition. */
  Map<TopicPartition, Long> next() {
    Map<TopicPartition, Long> next = new HashMap<>();
    all.forEach(position -> next.put(position.partition, position.next));
    return next;
  }

  boolean areEmpty() {
    return all.isEmpty();
  }

  /** Whether any position moved since the last {@link #take}. */
  boolean haveMoved() {
    return moved;
  }

  /**
   * All positions, ready to commit.
   *
   * @param ids number of transactional ids the slot uses
   */
  Map<TopicPartition, OffsetAndMetadata> take(int ids) {
    moved = false;
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Position position : all) {
      if (position.marker.ids() != ids) {
        position.marker = position.marker.withIds(ids);
      }
      offsets.put(position.partition, new OffsetAndMetadata(position.next, position.marker.text()));
    }
    return offsets;
  }
}
