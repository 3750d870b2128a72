package io.embeddingexport.flink.types;

import org.apache.flink.annotation.PublicEvolving;

/**
 * States that every input of a partition before an offset was read, when no input shows it: only
 * messages that are not inputs, such as the end of a transaction, follow the last input.
 *
 * @param next offset to read next; greater than that of every input before
 */
@PublicEvolving
public record PartitionProgress(String topic, int partition, long next) implements Input, Output {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + next;
  }
}
