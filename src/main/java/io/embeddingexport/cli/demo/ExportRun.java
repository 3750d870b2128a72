package io.embeddingexport.cli.demo;

import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.time.Duration;
import org.apache.flink.api.common.JobID;

/**
 * The middle of the demo: events flow, output is checked as it arrives, a key config changes, and
 * then a TaskManager is killed.
 */
final class ExportRun {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EventFeed feed;
  private final OutputReader outputs;
  private final ExportCheck check;
  private final LiveChange change;
  private final FlinkCluster cluster;
  private final JobID job;
  private final int total;
  private final DemoConsole screen;

  ExportRun(
      EventFeed feed,
      OutputReader outputs,
      ExportCheck check,
      LiveChange change,
      FlinkCluster cluster,
      JobID job,
      int total,
      DemoConsole screen) {
    this.feed = feed;
    this.outputs = outputs;
    this.check = check;
    this.change = change;
    this.cluster = cluster;
    this.job = job;
    this.total = total;
    this.screen = screen;
  }

  /** The job when every event had an outcome, and the time that took. */
  record End(JobProgress job, long millis) {}

  /**
   * Starts the feed and returns when each of its events has an outcome, or no more arrive for a
   * minute.
   *
   * @throws IllegalStateException if the job or the feed fails
   */
  End run() throws Exception {
    long start = System.nanoTime();
    long lastMove = start;
    long lastLook = start;
    boolean killed = false;
    JobProgress progress = cluster.progress(job);
    feed.start();
    while (true) {
      feed.requireHealthy();
      boolean moved = outputs.read() > 0;
      long now = System.nanoTime();
      if (now - lastLook > LOOK_INTERVAL.toNanos() || check.seen() >= total) {
        progress = cluster.progress(job);
        requireAlive(progress);
        lastLook = now;
      }
      long millis = (now - start) / 1_000_000;
      lastMove = moved ? now : lastMove;
      if (check.seen() >= total / 10) {
        feed.beforeChange().open();
      }
      change.show();
      screen.exporting(check.seen(), total, millis, progress);
      if (check.seen() >= total || now - lastMove > PATIENCE.toNanos()) {
        screen.endProgress();
        return new End(progress, millis);
      }
      if (!killed && isTimeToKill()) {
        kill();
        killed = true;
      }
    }
  }

  /**
   * True once the change has been seen, or if no more output arrives until the last tenth is
   * released.
   */
  private boolean isTimeToKill() {
    return change.hasTakenEffect() && check.seen() >= total * 2L / 5
        || check.seen() >= feed.lastTenth().at();
  }

  private void kill() throws Exception {
    screen.line(
        "  @|bold,red ✗|@ killing a TaskManager with %s events checked, on purpose"
            .formatted(DemoConsole.number(check.seen())));
    cluster.replaceTaskManager(0);
    feed.lastTenth().open();
  }

  private static void requireAlive(JobProgress progress) {
    if (progress.hasFailed()) {
      throw new IllegalStateException(
          "the job is " + progress.status() + ": " + progress.failure(), progress.failure());
    }
  }
}
