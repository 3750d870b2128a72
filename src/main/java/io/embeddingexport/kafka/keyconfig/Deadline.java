package io.embeddingexport.kafka.keyconfig;

import java.time.Duration;

/**
 * The latest time for something to finish.
 *
 * @param nanos by {@link System#nanoTime}
 */
record Deadline(long nanos) {

  static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** The time left, 0 or more. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Same as {@link #left}, but at most {@code most}. */
  Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  boolean isOver() {
    return left().isZero();
  }
}
