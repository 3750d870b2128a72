package io.embeddingexport.cli.demo;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;

/** The middle of the demo: the stream flows, and in the middle of it a TaskManager is killed. */
final class ExportRun {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final EventFeed feed;
  private final BrokerView broker;
  private final FlinkCluster cluster;
  private final JobID job;
  private final int total;
  private final Screen screen;

  ExportRun(
      EventFeed feed,
      BrokerView broker,
      FlinkCluster cluster,
      JobID job,
      int total,
      Screen screen) {
    this.feed = feed;
    this.broker = broker;
    this.cluster = cluster;
    this.job = job;
    this.total = total;
    this.screen = screen;
  }

  /** The job when every event is exported and committed, and how long that took. */
  record End(JobProgress job, long millis) {}

  /**
   * Starts the feed and returns when all of it is exported.
   *
   * @throws IllegalStateException if the job or the feed fails
   * @throws TimeoutException if nothing moves for 90 s
   */
  End run() throws Exception {
    long start = System.nanoTime();
    long lastMove = start;
    long done = 0;
    boolean killed = false;
    feed.start();
    while (true) {
      feed.requireHealthy();
      JobProgress progress = cluster.progress(job);
      requireAlive(progress);
      long before = done;
      done = broker.committed(DemoJob.NAME);
      long now = System.nanoTime();
      long millis = (now - start) / 1_000_000;
      screen.exporting(done, total, millis, progress);
      if (done >= total) {
        screen.endProgress();
        return new End(progress, millis);
      }
      if (!killed && done >= feed.heldAt() * 2L / 5) {
        kill(done);
        killed = true;
      }
      lastMove = done > before ? now : lastMove;
      if (now - lastMove > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "no event was exported for %d s; %d of %d are"
                .formatted(PATIENCE.toSeconds(), done, total));
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private void kill(long done) throws Exception {
    screen.line(
        "  @|bold,red ✗|@ killing a TaskManager after %s events, on purpose"
            .formatted(Screen.number(done)));
    cluster.replaceTaskManager(0);
    feed.release();
  }

  private static void requireAlive(JobProgress progress) {
    if (progress.hasFailed()) {
      throw new IllegalStateException(
          "the job is " + progress.status() + ": " + progress.failure(), progress.failure());
    }
  }
}
