package io.embeddingexport.flink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A feed of what it is given. Thread-safe. */
final class InMemoryFeed implements KeyConfigFeed {
  private final Queue<ReceivedKeyConfig> messages = new ArrayDeque<>();
  private final Consumer<InMemoryFeed> onClose;
  private @Nullable Exception failure;
  private boolean waiting;

  InMemoryFeed(Consumer<InMemoryFeed> onClose) {
    this.onClose = onClose;
  }

  synchronized void add(ReceivedKeyConfig message) {
    messages.add(message);
    notifyAll();
  }

  synchronized void fail(Exception with) {
    failure = with;
    notifyAll();
  }

  /** Whether a thread waits for a message now. */
  synchronized boolean isWaiting() {
    return waiting;
  }

  @Override
  public synchronized @Nullable ReceivedKeyConfig poll() throws Exception {
    if (failure != null) {
      throw failure;
    }
    return messages.poll();
  }

  @Override
  public synchronized @Nullable ReceivedKeyConfig poll(Duration timeout) throws Exception {
    long deadline = System.nanoTime() + timeout.toNanos();
    waiting = true;
    try {
      for (long left = timeout.toMillis();
          left > 0 && messages.isEmpty() && failure == null;
          left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
        wait(left);
      }
      return poll();
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
