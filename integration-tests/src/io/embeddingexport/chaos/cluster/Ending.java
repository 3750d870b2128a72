package io.embeddingexport.chaos.cluster;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not outlive a run is ended once: when it is closed or with this JVM, last made first.
 */
final class Ending implements AutoCloseable {
  private final Thread atExit = new Thread(this::end, "end-chaos-cluster");
  private final Deque<Runnable> ends = new ArrayDeque<>();
  private boolean ended;

  Ending() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Adds an end; does it at once if the others have been done. */
  synchronized void add(Runnable end) {
    if (ended) {
      end.run();
    } else {
      ends.push(end);
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // The hook has nothing left to do.
    }
  }

  private synchronized void end() {
    ended = true;
    RuntimeException failure = null;
    while (!ends.isEmpty()) {
      try {
        ends.pop().run();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
