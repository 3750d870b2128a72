package io.embeddingexport.chaos.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Percentiles of times in milliseconds. A percentile is the least time that this share of all do
 * not exceed.
 */
record Percentiles(int count, long p50, long p90, long p99, long max) {
  static Percentiles of(Collection<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return new Percentiles(
        sorted.size(), at(sorted, 50), at(sorted, 90), at(sorted, 99), at(sorted, 100));
  }

  private static long at(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (sorted.size() * percent + 99) / 100;
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** As cells of a table, in seconds. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f | %.1f",
        p50 / 1000.0,
        p90 / 1000.0,
        p99 / 1000.0,
        max / 1000.0);
  }
}
