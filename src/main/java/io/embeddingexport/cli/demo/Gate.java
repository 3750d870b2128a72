package io.embeddingexport.cli.demo;

import java.util.concurrent.CountDownLatch;

/** A point in the stream of events where the sender waits until released. Thread-safe. */
final class Gate {
  private final int at;
  private final CountDownLatch open = new CountDownLatch(1);

  /**
   * @param at number of the first event after it
   */
  Gate(int at) {
    this.at = at;
  }

  /** Number of the first event after it, which equals the number of events before it. */
  int at() {
    return at;
  }

  void open() {
    open.countDown();
  }

  /** Waits until it is open. */
  void pass() throws InterruptedException {
    open.await();
  }
}
