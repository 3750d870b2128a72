package io.embeddingexport.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Makes the first SIGINT or SIGTERM awaitable; the second ends the process. A shutdown hook would
 * not work: Flink's own hooks run at the same time and stop the cluster.
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

  /** Acts as if the signal had arrived. */
  void ask() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED_EXIT_CODE);
    }
    asked.countDown();
  }

  /** Whether it has arrived. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits at most that long; true once the signal has arrived. */
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
