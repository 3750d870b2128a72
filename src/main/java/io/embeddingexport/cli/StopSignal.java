package io.embeddingexport.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the first SIGINT or SIGTERM into something to wait for; the second ends the process. A
 * shutdown hook would not do: Flink's own hooks, which run beside it, take the cluster down.
 */
final class StopSignal implements AutoCloseable {
  private static final int INTERRUPTED_EXIT_CODE = 130;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final Signal[] signals = {new Signal("INT"), new Signal("TERM")};
  private final SignalHandler[] before = new SignalHandler[signals.length];

  private StopSignal() {}

  static StopSignal install() {
    StopSignal stop = new StopSignal();
    for (int i = 0; i < stop.signals.length; i++) {
      stop.before[i] = Signal.handle(stop.signals[i], signal -> stop.ask());
    }
    return stop;
  }

  /** As if the signal had come. */
  void ask() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED_EXIT_CODE);
    }
    asked.countDown();
  }

  /** Whether it has come. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits at most that long; true once asked to stop. */
  boolean await(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    for (int i = 0; i < signals.length; i++) {
      Signal.handle(signals[i], before[i]);
    }
  }
}
