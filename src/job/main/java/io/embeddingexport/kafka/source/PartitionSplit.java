package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.TopicState;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A partition to read. In a checkpoint it has the source's offset, which no start uses.
 *
 * @param next offset to read next
 * @param stop first offset not to read; {@link #NEVER}: no end
 * @param marker committed together with a position of the partition: the text of a {@link
 *     PositionMarker}
 * @param isRead false for a partition of key configs, which only announces its start
 * @param isOffCheckpoint whether its assigned offset differs from the restored checkpoint's
 */
public record PartitionSplit(
    TopicPartition partition,
    long next,
    long stop,
    String marker,
    boolean isRead,
    boolean isOffCheckpoint)
    implements SourceSplit {
  public static final long NEVER = Long.MAX_VALUE;

  @Override
  public String splitId() {
    return partition.toString();
  }

  /** The split kept in a checkpoint. */
  PartitionSplit at(long offset) {
    return new PartitionSplit(partition, offset, stop, marker, isRead, false);
  }

  PartitionSplit offCheckpoint() {
    return new PartitionSplit(partition, next, stop, marker, isRead, true);
  }

  /** This partition of a recreated topic, from its beginning. */
  PartitionSplit createdAnew(TopicState topic) {
    return new PartitionSplit(
        partition, 0, stop, parsed().withTopicId(topic.id()).text(), isRead, false);
  }

  boolean isOf(TopicState topic) {
    return topicId().equals(topic.id());
  }

  /** The id of the topic that the position belongs to. */
  Uuid topicId() {
    return parsed().topicId();
  }

  PartitionStart start() {
    return new PartitionStart(
        partition.topic(), partition.partition(), topicId().toString(), next, marker);
  }

  private PositionMarker parsed() {
    PositionMarker parsed = PositionMarker.parse(marker);
    if (parsed == null) {
      throw new IllegalStateException(partition + " has no marker: " + marker);
    }
    return parsed;
  }
}
