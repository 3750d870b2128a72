package io.embeddingexport.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Makes the first SIGINT or SIGTERM awaitable; the second ends the process. While the process has
 * nothing to end in good order, the first ends it too. A shutdown hook would not work: Flink's own
 * hooks run at the same time and stop the cluster.
 */
public final class StopSignal implements AutoCloseable {
  private static final int INTERRUPTED_EXIT_CODE = 130;

  /** Exit code of a process that a signal ended, minus the signal's number. */
  private static final int SIGNALLED = 128;

  private final IntConsumer exit;
  private final CountDownLatch asked = new CountDownLatch(1);

  /** How many signals came before {@link #started}. */
  private final AtomicInteger ends = new AtomicInteger();

  /** Printed when the first signal ends the process; null if signals ask for a stop. */
  private volatile @Nullable String last;

  private final Signal[] signals = {new Signal("INT"), new Signal("TERM")};
  private final SignalHandler[] before = new SignalHandler[signals.length];

  /**
   * @param exit ends the process with an exit code
   */
  StopSignal(@Nullable String last, IntConsumer exit) {
    this.last = last;
    this.exit = exit;
  }

  /** Signals ask for a stop from the beginning. */
  public static StopSignal install() {
    return new StopSignal(null, StopSignal::exit).handle();
  }

  /**
   * Before {@link #started}, a signal ends the process.
   *
   * @param last the sentence printed then
   */
  public static StopSignal install(String last) {
    return new StopSignal(last, StopSignal::exit).handle();
  }

  private StopSignal handle() {
    for (int i = 0; i < signals.length; i++) {
      before[i] = Signal.handle(signals[i], this::come);
    }
    return this;
  }

  /** From now on the first signal asks for a stop. */
  public void started() {
    last = null;
  }

  /** Handles a signal. */
  void come(Signal signal) {
    String sentence = last;
    if (sentence == null) {
      ask();
    } else if (ends.incrementAndGet() == 1) {
      System.err.println(sentence);
      exit.accept(SIGNALLED + signal.getNumber());
    } else {
      Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
    }
  }

  private static void exit(int code) {
    // Other threads would log how they end.
    LogManager.shutdown();
    System.exit(code);
  }

  private void ask() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED_EXIT_CODE);
    }
    asked.countDown();
  }

  /** Whether it has arrived. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits at most that long; true once the signal has arrived. */
  public boolean await(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    for (int i = 0; i < signals.length; i++) {
      Signal.handle(signals[i], before[i]);
    }
  }
}
