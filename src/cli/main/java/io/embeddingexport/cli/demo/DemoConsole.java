package io.embeddingexport.cli.demo;

import io.embeddingexport.local.JobProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.JobStatus;
import picocli.CommandLine.Help.Ansi;

/**
 * The demo's output while it runs. The progress on a terminal is one changing line of less than 80
 * characters; elsewhere it is a line every few seconds.
 */
final class DemoConsole {
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
  private static final int BAR = 12;

  private final PrintWriter out;
  private final boolean terminal;
  private long lastLineNanos = System.nanoTime();
  private boolean lineOpen;

  DemoConsole(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A line, in picocli's markup. */
  void line(String markup) {
    plain((terminal ? Ansi.AUTO : Ansi.OFF).string(markup));
  }

  /** A line without markup. */
  void plain(String text) {
    out.println(lineOpen ? System.lineSeparator() + text : text);
    out.flush();
    lineOpen = false;
    lastLineNanos = System.nanoTime();
  }

  /** A line for a finished step. */
  void step(String name, String detail) {
    line("  @|bold %-14s|@%s".formatted(name, detail));
  }

  /** Shows the progress of the export. */
  void exporting(long done, int total, long millis, JobProgress job) {
    boolean isWell = job.status() == JobStatus.RUNNING || job.status() == JobStatus.FINISHED;
    int filled = (int) Math.min(BAR, done * BAR / total);
    String line =
        "  [%s%s] %3d %%  %s checked, %s/s, %s, %s"
            .formatted(
                "=".repeat(filled),
                " ".repeat(BAR - filled),
                done * 100 / total,
                number(done),
                number(done * 1000 / Math.max(1, millis)),
                counted(job.checkpoints(), "checkpoint"),
                isWell
                    ? counted(job.restarts(), "restart")
                    : job.status().name().toLowerCase(Locale.ROOT));
    if (terminal) {
      // Go to the start of the line, print the text, and erase the rest of a longer one.
      out.print("\r" + line + "\u001b[K");
      out.flush();
      lineOpen = true;
    } else if (System.nanoTime() - lastLineNanos >= LINE_INTERVAL.toNanos()) {
      plain(line);
    }
  }

  private static String counted(long n, String what) {
    return number(n) + " " + what + (n == 1 ? "" : "s");
  }

  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
