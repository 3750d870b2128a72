package io.embeddingexport.flink;

/**
 * Says that inputs of a partition follow, from an offset on. Comes before the first of them.
 *
 * @param next offset of the first input that is not exported yet
 * @param marker what is committed together with a position of the partition
 */
public record PartitionStart(String topic, int partition, long next, String marker)
    implements Input, Output {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + next;
  }
}
