package io.embeddingexport.audit;

import java.util.Arrays;

/** The last output of each Kafka key: its input's offset, its partition, its version. */
final class KeyOrder {
  private static final int NONE = -1;

  private final long[] offsets;
  private final int[] partitions;
  private final long[] versions;

  KeyOrder(int keys) {
    offsets = new long[keys];
    partitions = new int[keys];
    versions = new long[keys];
    Arrays.fill(offsets, NONE);
    Arrays.fill(partitions, NONE);
  }

  /** The input's offset of the last output; -1: there is none. */
  long lastOffset(int key) {
    return offsets[key];
  }

  long lastVersion(int key) {
    return versions[key];
  }

  /**
   * Adds an output; returns whether its input is later than the last, and its partition the same.
   */
  boolean isNext(int key, long inputOffset, int partition) {
    boolean isNext =
        inputOffset > offsets[key] && (partitions[key] == NONE || partition == partitions[key]);
    offsets[key] = inputOffset;
    partitions[key] = partitions[key] == NONE ? partition : partitions[key];
    return isNext;
  }

  /** Adds a version; returns whether it is at least the one before. */
  boolean isVersionInOrder(int key, long version) {
    boolean isVersionInOrder = version >= versions[key];
    versions[key] = version;
    return isVersionInOrder;
  }
}
