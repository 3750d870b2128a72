package io.embeddingexport.flink;

/**
 * Says that every input of a partition before an offset was read, where no input says so itself:
 * behind the last of them stood messages that are none, such as the end of a transaction.
 *
 * @param next offset that is read next; greater than that of every input before
 */
public record PartitionProgress(String topic, int partition, long next) implements Input, Output {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + next;
  }
}
