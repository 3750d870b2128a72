package io.embeddingexport.cli;

/** How far something is, in one line. */
final class ProgressBar {
  private static final int WIDTH = 30;

  /**
   * @param nanos since the start
   */
  static String of(long done, long total, long nanos) {
    int filled = (int) (WIDTH * (double) done / total);
    double seconds = nanos / 1e9;
    return "[%s%s] %,d of %,d  %,.0f/s  %.1f s"
        .formatted(
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            done,
            total,
            seconds > 0 ? done / seconds : 0,
            seconds);
  }

  private ProgressBar() {}
}
