package io.embeddingexport.flink.types;

import org.apache.flink.annotation.PublicEvolving;

/**
 * States that inputs of a partition follow, starting at an offset. Precedes the first of them.
 *
 * @param topicId differs from that of a deleted topic of the same name
 * @param next offset of the first input not exported yet
 * @param marker committed together with a position of the partition
 */
@PublicEvolving
public record PartitionStart(String topic, int partition, String topicId, long next, String marker)
    implements Input, Output {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + next;
  }
}
