package io.embeddingexport.kafka.sink;

import java.util.Locale;

/** The partition that a record or tombstone is written to. */
public enum OutputPartitions {
  /** Kafka's partitioner decides, by a hash of the key. */
  BY_KEY,
  /**
   * The partition with the number of the input's. Every slot writes to its own partitions only, and
   * an output partition has the order of its input partition.
   */
  AS_INPUT;

  /** The name in options: {@code by-key}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
