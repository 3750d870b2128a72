package io.embeddingexport.chaos.run;

/**
 * How many are due: so many a second, and twice as many while some are in arrears, of which no more
 * than those of the last {@value #DEBT_SECONDS} seconds count.
 */
final class DueInputs {
  private static final int DEBT_SECONDS = 10;

  /** Nothing longer counts when it is said how many are due at once. */
  private static final double STRIDE_SECONDS = 0.1;

  private static final double SECOND = 1e9;

  private final int perSecond;
  private long last;
  private double arrears;

  /**
   * @param nanos now, of a monotonic clock
   */
  DueInputs(int perSecond, long nanos) {
    this.perSecond = perSecond;
    this.last = nanos;
  }

  int due(long nanos) {
    double seconds = (nanos - last) / SECOND;
    last = nanos;
    arrears = Math.min(arrears + perSecond * seconds, (double) perSecond * DEBT_SECONDS);
    double atOnce = Math.max(2 * perSecond * Math.min(seconds, STRIDE_SECONDS), 1);
    int due = (int) Math.min(arrears, atOnce);
    arrears -= due;
    return due;
  }
}
