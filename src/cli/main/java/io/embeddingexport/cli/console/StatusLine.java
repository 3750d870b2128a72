package io.embeddingexport.cli.console;

import java.io.PrintStream;
import java.time.Duration;

/** A line rewritten in place on a terminal; elsewhere, a new line now and then. Not thread-safe. */
public final class StatusLine {
  private static final Duration PLAIN_PERIOD = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean terminal;
  private long nextPlainNanos = System.nanoTime();
  private int shown;

  public StatusLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  public static StatusLine onStandardError() {
    return new StatusLine(System.err, Terminal.isAttached());
  }

  /** Shows {@code text}: at once on a terminal, else only if none was shown for a while. */
  public void show(String text) {
    if (terminal) {
      out.print('\r' + text + " ".repeat(Math.max(0, shown - text.length())));
      out.flush();
      shown = text.length();
    } else if (System.nanoTime() - nextPlainNanos >= 0) {
      nextPlainNanos = System.nanoTime() + PLAIN_PERIOD.toNanos();
      out.println(text);
    }
  }

  /** Prints {@code text} permanently, in place of the status. */
  public void end(String text) {
    if (terminal) {
      show(text);
      out.println();
      shown = 0;
    } else {
      out.println(text);
    }
  }

  /** Prints a separate message; the status continues below it. */
  public void message(String text) {
    if (terminal && shown > 0) {
      out.print('\r' + " ".repeat(shown) + '\r');
      shown = 0;
    }
    out.println(text);
  }
}
