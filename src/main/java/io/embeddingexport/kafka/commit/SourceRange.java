package io.embeddingexport.kafka.commit;

/**
 * Inputs of one partition whose records or dead letters stand in one transaction. Within a
 * checkpoint a partition is read by one instance, in order, so these are all inputs from first to
 * last.
 *
 * @param topic of the inputs
 * @param first offset of the first one
 * @param last offset of the last one, at least {@code first}
 * @param messages how many there are: fewer than offsets, where transaction markers or compaction
 *     take offsets
 */
public record SourceRange(String topic, int partition, long first, long last, long messages) {
  /** Whether it begins before {@code other} in the same partition. */
  boolean isBefore(SourceRange other) {
    return partition == other.partition && topic.equals(other.topic) && first < other.first;
  }

  @Override
  public String toString() {
    return topic
        + " partition "
        + partition
        + " offsets "
        + first
        + " to "
        + last
        + " ("
        + messages
        + (messages == 1 ? " message)" : " messages)");
  }
}
