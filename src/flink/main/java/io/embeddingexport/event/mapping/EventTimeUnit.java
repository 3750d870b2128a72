package io.embeddingexport.event.mapping;

/** The form of an event time. */
public enum EventTimeUnit {
  SECONDS(1_000, 1),
  MILLIS(1, 1),
  MICROS(1, 1_000),
  NANOS(1, 1_000_000);

  private final long factor;
  private final long divisor;

  EventTimeUnit(long factor, long divisor) {
    this.factor = factor;
    this.divisor = divisor;
  }

  /**
   * The time in ms since the epoch, rounded down.
   *
   * @throws ArithmeticException if it does not fit in a long
   */
  public long toMillis(long time) {
    long scaled = Math.multiplyExact(time, factor);
    // A division takes longer than all the rest.
    return divisor == 1 ? scaled : Math.floorDiv(scaled, divisor);
  }

  /** The time in ms since the epoch, rounded down; the nearest long if it does not fit in one. */
  public long toMillis(double time) {
    return (long) Math.floor(time * factor / divisor);
  }
}
