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
  private final Ansi ansi;
  private long lastLineNanos = System.nanoTime();
  private boolean lineOpen;

  DemoConsole(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.ansi = terminal ? Ansi.AUTO : Ansi.OFF;
  }

  /** A line, in picocli's markup. */
  void line(String markup) {
    endProgress();
    out.println(ansi.string(markup));
    out.flush();
  }

  /** A line without markup. */
  void plain(String text) {
    endProgress();
    out.println(text);
    out.flush();
  }

  /** A line for a finished step. */
  void step(String name, String detail) {
    line("  @|bold %-14s|@%s".formatted(name, detail));
  }

  /** Shows the progress of the export. */
  void exporting(long done, int total, long millis, JobProgress job) {
    String state =
        job.status() == JobStatus.RUNNING || job.status() == JobStatus.FINISHED
            ? counted(job.restarts(), "restart")
            : job.status().name().toLowerCase(Locale.ROOT);
    show(
        done,
        total,
        "%s checked, %s/s, %s, %s"
            .formatted(
                number(done),
                number(done * 1000 / Math.max(1, millis)),
                counted(job.checkpoints(), "checkpoint"),
                state));
  }

  /** Ends the progress line, if there is one. */
  void endProgress() {
    if (lineOpen) {
      out.println();
      lineOpen = false;
    }
    lastLineNanos = System.nanoTime();
  }

  private void show(long done, int total, String text) {
    int filled = (int) (done * BAR / Math.max(1, total));
    String line =
        "  [%s%s] %3d %%  %s"
            .formatted(
                "=".repeat(Math.min(filled, BAR)),
                " ".repeat(Math.max(0, BAR - filled)),
                done * 100 / Math.max(1, total),
                text);
    if (terminal) {
      // Go to the start of the line, print the text, and erase the rest of a longer one.
      out.print("\r" + line + "\u001b[K");
      out.flush();
      lineOpen = true;
    } else if (System.nanoTime() - lastLineNanos >= LINE_INTERVAL.toNanos()) {
      line(line);
    }
  }

  private static String counted(long n, String what) {
    return number(n) + " " + what + (n == 1 ? "" : "s");
  }

  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
