package io.embeddingexport.cli.demo;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The partition and offset of each event on the input topic. Thread-safe.
 *
 * <p>An event's outcome may be read before the broker's answer to its producer, so every lookup
 * waits until the place is known.
 */
final class InputPlaces {
  private static final int OFFSET_BITS = 48;
  private static final long POLL_NANOS = 100_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final String topic;

  /** Partition and offset of each event, plus 1; 0: unknown. */
  private final AtomicLongArray places;

  InputPlaces(String topic, int events) {
    this.topic = topic;
    this.places = new AtomicLongArray(events);
  }

  void put(int event, int partition, long offset) {
    places.set(event, ((long) partition << OFFSET_BITS | offset) + 1);
  }

  String topic() {
    return topic;
  }

  int partition(int event) {
    return (int) (place(event) >>> OFFSET_BITS);
  }

  long offset(int event) {
    return place(event) & (1L << OFFSET_BITS) - 1;
  }

  private long place(int event) {
    long place = places.get(event);
    for (long start = System.nanoTime(); place == 0; place = places.get(event)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("the broker never reported the offset of event " + event);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return place - 1;
  }
}
