package io.embeddingexport.cli.demo;

import java.util.concurrent.CountDownLatch;

/** A place in the stream of events where its sender waits until it is let on. Thread-safe. */
final class Gate {
  private final int at;
  private final CountDownLatch open = new CountDownLatch(1);

  /**
   * @param at number of the first event behind it
   */
  Gate(int at) {
    this.at = at;
  }

  /** Number of the first event behind it, which is how many are before it. */
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
