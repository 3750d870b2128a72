package io.embeddingexport.cli;

import io.embeddingexport.job.JobOptions;
import java.nio.file.Path;
import org.apache.flink.configuration.StateRecoveryOptions;

/** Follows a run to its end, or ends it. */
final class Run {
  private static final long PERIOD_MILLIS = 500;

  private final LocalCluster cluster;
  private final StatusLine line;
  private final StopSignal stop;
  private final Path savepoints;
  private int restarts;

  /**
   * @param savepoints directory for the savepoint of a run that is stopped
   */
  Run(LocalCluster cluster, StatusLine line, StopSignal stop, Path savepoints) {
    this.cluster = cluster;
    this.line = line;
    this.stop = stop;
    this.savepoints = savepoints;
  }

  /** Returns the exit code. */
  int untilEnd() throws Exception {
    RunStatus before = cluster.status();
    long beforeNanos = System.nanoTime();
    while (true) {
      boolean stopping = stop.await(PERIOD_MILLIS);
      RunStatus now = cluster.status();
      long nowNanos = System.nanoTime();
      if (now.state().isGloballyTerminalState()) {
        return ended(now);
      }
      if (stopping) {
        return stopped();
      }
      reportRestart(now);
      line.show(now.line((now.inputs() - before.inputs()) * 1e9 / (nowNanos - beforeNanos)));
      before = now;
      beforeNanos = nowNanos;
    }
  }

  private void reportRestart(RunStatus now) {
    if (now.restarts() > restarts && now.failure() != null) {
      line.message("restarted after: " + FailureText.of(now.failure()));
      restarts = now.restarts();
    }
  }

  private int ended(RunStatus end) {
    line.end(end.line(0).replaceFirst("  \\([^)]*/s\\)", ""));
    if (end.failure() == null) {
      return 0;
    }
    line.message("error: the job failed: " + FailureText.of(end.failure()));
    return 1;
  }

  private int stopped() throws Exception {
    line.message("stopping; Ctrl-C again to break off");
    if (!cluster.isRunning()) {
      line.message("stopped while restarting: what was not committed is read again next time");
      return 1;
    }
    String savepoint = cluster.stop(savepoints);
    line.end(cluster.status().line(0).replaceFirst("  \\([^)]*/s\\)", ""));
    line.message(
        "stopped with all that was read committed. To go on from exactly here: --set "
            + JobOptions.FLINK_PREFIX
            + StateRecoveryOptions.SAVEPOINT_PATH.key()
            + "="
            + savepoint);
    return 0;
  }
}
