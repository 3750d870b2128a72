package io.embeddingexport.cli.demo;

import java.util.Arrays;

/**
 * The last event, partition and key-config version of each entity, and so of each Kafka key. Takes
 * 16 bytes per entity. Not thread-safe.
 */
final class KeyOrder {
  private final int[] last;
  private final int[] partition;
  private final long[] version;

  KeyOrder(int entities) {
    last = new int[entities];
    partition = new int[entities];
    version = new long[entities];
    Arrays.fill(last, -1);
  }

  /** Whether event {@code number} is later than all before it, and on their partition. */
  boolean isNext(int entity, int number, int ofPartition) {
    boolean isFirst = last[entity] < 0;
    boolean isNext = isFirst || number > last[entity] && ofPartition == partition[entity];
    last[entity] = Math.max(last[entity], number);
    partition[entity] = isFirst ? ofPartition : partition[entity];
    return isNext;
  }

  /** Whether no earlier record has a version greater than {@code ofVersion}. */
  boolean isNoOlder(int entity, long ofVersion) {
    boolean isNoOlder = ofVersion >= version[entity];
    version[entity] = Math.max(version[entity], ofVersion);
    return isNoOlder;
  }
}
