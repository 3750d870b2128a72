package io.embeddingexport.kafka.admin;

import java.time.Duration;

/**
 * The latest time for something to finish.
 *
 * @param nanos by {@link System#nanoTime}
 */
public record Deadline(long nanos) {

  public static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** The time left, 0 or more. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Same as {@link #left}, but at most {@code most}. */
  public Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  public boolean isOver() {
    return left().isZero();
  }
}
