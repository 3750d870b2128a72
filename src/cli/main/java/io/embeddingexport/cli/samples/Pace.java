package io.embeddingexport.cli.samples;

/**
 * The due time of each event. After a pause, at most one second's worth is caught up. Not
 * thread-safe.
 */
final class Pace {
  private static final double SECOND = 1e9;

  private final double nanosPerEvent;
  private final long startNanos;
  private double due;

  /**
   * @param rate events per second; 0: all are due at once
   */
  Pace(double rate, long nowNanos) {
    this.nanosPerEvent = rate == 0 ? 0 : SECOND / rate;
    this.startNanos = nowNanos;
  }

  /** Nanoseconds until the next event is due, 0 if it already is; advances to the one after it. */
  long next(long nowNanos) {
    if (nanosPerEvent == 0) {
      return 0;
    }
    double now = nowNanos - startNanos;
    due = Math.max(due, now - SECOND);
    long wait = (long) Math.max(0, due - now);
    due += nanosPerEvent;
    return wait;
  }
}
