package io.embeddingexport.flink;

/**
 * Says that inputs of a partition follow, from an offset on. Comes before the first of them.
 *
 * @param topicId differs from that of a topic of the same name that was deleted
 * @param next offset of the first input that is not exported yet
 * @param marker what is committed together with a position of the partition
 */
public record PartitionStart(String topic, int partition, String topicId, long next, String marker)
    implements Input, Output {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + next;
  }
}
