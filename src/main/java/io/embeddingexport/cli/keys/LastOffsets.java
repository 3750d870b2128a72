package io.embeddingexport.cli.keys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Offsets from which the last messages of several partitions are read. */
final class LastOffsets {

  /**
   * Moves each start up, so that {@code most} offsets at most are left before the ends: the same
   * number of each partition, and more of others where one has fewer.
   *
   * @param starts first offset of each partition; changed
   * @param ends the offset after the last
   */
  static <P> void moveUp(Map<P, Long> starts, Map<P, Long> ends, long most) {
    List<P> byLength =
        starts.keySet().stream()
            .sorted(Comparator.comparingLong(partition -> length(partition, starts, ends)))
            .toList();
    long left = most;
    int partitions = byLength.size();
    for (P partition : byLength) {
      long share = Math.min(length(partition, starts, ends), (left + partitions - 1) / partitions);
      starts.put(partition, ends.get(partition) - share);
      left -= share;
      partitions--;
    }
  }

  private static <P> long length(P partition, Map<P, Long> starts, Map<P, Long> ends) {
    return ends.get(partition) - starts.get(partition);
  }

  private LastOffsets() {}
}
