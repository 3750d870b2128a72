package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.PartitionStart;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition to read. In a checkpoint it has the source's offset, which no start uses.
 *
 * @param next offset to read next
 * @param stop first offset not to read; {@link #NEVER}: it has no end
 * @param marker what is committed together with a position of the partition
 * @param isRead false of a partition of key configs, which only says where it starts
 * @param isOffCheckpoint whether it is assigned at another offset than the restored checkpoint has
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

  /** As a checkpoint keeps it. */
  PartitionSplit at(long offset) {
    return new PartitionSplit(partition, offset, stop, marker, isRead, false);
  }

  PartitionSplit offCheckpoint() {
    return new PartitionSplit(partition, next, stop, marker, isRead, true);
  }

  PartitionStart start() {
    return new PartitionStart(partition.topic(), partition.partition(), next, marker);
  }
}
