package io.embeddingexport.cli.console;

import java.util.Locale;

/** Shows progress in one line. */
public final class ProgressBar {
  private static final int WIDTH = 30;

  /**
   * @param total 0 if the end is unknown
   * @param nanos since the start
   */
  public static String of(long done, long total, long nanos) {
    if (total == 0) {
      return summary(done, nanos);
    }
    int filled = (int) (WIDTH * (double) done / total);
    double seconds = nanos / 1e9;
    return String.format(
        Locale.ROOT,
        "[%s%s] %,d of %,d  %,.0f/s  %.1f s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done,
        total,
        seconds > 0 ? done / seconds : 0,
        seconds);
  }

  /** The number sent, the time it took, and the rate. */
  public static String summary(long sent, long nanos) {
    double seconds = nanos / 1e9;
    return String.format(
        Locale.ROOT, "%,d events in %.1f s, %,.0f events/s", sent, seconds, sent / seconds);
  }

  private ProgressBar() {}
}
