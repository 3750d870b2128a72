package io.embeddingexport.cli.clients;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Start offsets for reading the last messages of several partitions. */
final class LastOffsets {

  /**
   * Moves each start up, leaving at most {@code most} offsets before the ends: the same number for
   * each partition, and more for others if one has fewer.
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
