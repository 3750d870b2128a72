package io.embeddingexport.cli.samples;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far the sending is: on a terminal one line that changes, elsewhere a line a second at most.
 * Not thread-safe.
 */
public final class Progress {
  private static final int BAR = 24;
  private static final long TERMINAL_INTERVAL = 100_000_000;
  private static final long LINE_INTERVAL = 1_000_000_000;

  private final PrintWriter out;
  private final boolean terminal;
  private final long total;
  private final long startNanos;
  private long shownNanos;
  private boolean lineOpen;

  /**
   * @param total events to send; 0: no end is known
   */
  public Progress(PrintWriter out, boolean terminal, long total, long nowNanos) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.startNanos = nowNanos;
    this.shownNanos = nowNanos;
  }

  /** Shows {@code sent} if it is time to. */
  void update(long sent, long nowNanos) {
    if (nowNanos - shownNanos < (terminal ? TERMINAL_INTERVAL : LINE_INTERVAL)) {
      return;
    }
    shownNanos = nowNanos;
    String line = line(sent, nowNanos);
    if (terminal) {
      // To the line's start, the text, and away with what is left of a longer one.
      out.print("\r" + line + "\u001b[K");
      lineOpen = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Says what was sent in all. */
  void end(long sent, long nowNanos) {
    if (lineOpen) {
      out.print("\r\u001b[K");
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%,d events sent in %.1f s, %,d events/s",
            sent,
            (nowNanos - startNanos) / 1e9,
            rate(sent, nowNanos)));
    out.flush();
  }

  private String line(long sent, long nowNanos) {
    String counts =
        total == 0
            ? String.format(Locale.ROOT, "%,d sent", sent)
            : String.format(Locale.ROOT, "%,d of %,d sent", sent, total);
    String text = String.format(Locale.ROOT, "%s, %,d/s", counts, rate(sent, nowNanos));
    if (!terminal || total == 0) {
      return text;
    }
    int filled = (int) (BAR * (double) sent / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%  %s",
        "=".repeat(filled),
        " ".repeat(BAR - filled),
        (int) (100 * (double) sent / total),
        text);
  }

  private long rate(long sent, long nowNanos) {
    return Math.round(sent * 1e9 / Math.max(1, nowNanos - startNanos));
  }
}
