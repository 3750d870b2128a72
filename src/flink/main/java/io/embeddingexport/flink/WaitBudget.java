package io.embeddingexport.flink;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that an operator instance may wait for key configs: its timeout at first, and over time
 * no longer than it works. Events that name unpublished versions slow an instance to half its speed
 * at worst, instead of one timeout each. Not thread-safe.
 */
final class WaitBudget {
  private final long mostNanos;
  private final LongSupplier nanoClock;
  private long leftNanos;
  private long refilledAt;

  WaitBudget(Duration most, LongSupplier nanoClock) {
    this.mostNanos = most.toNanos();
    this.nanoClock = nanoClock;
    this.leftNanos = mostNanos;
    this.refilledAt = nanoClock.getAsLong();
  }

  /** Longest that a wait starting now may take, ns. */
  long available() {
    long now = nanoClock.getAsLong();
    leftNanos = Math.min(mostNanos, leftNanos + (now - refilledAt));
    refilledAt = now;
    return leftNanos;
  }

  /**
   * Ends the wait that began at the last {@link #available}.
   *
   * @return its length, ns
   */
  long spent() {
    long now = nanoClock.getAsLong();
    long waited = now - refilledAt;
    leftNanos = Math.max(0, leftNanos - waited);
    refilledAt = now;
    return waited;
  }
}
