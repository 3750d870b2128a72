package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/** Follows a run to its end, or ends it. */
final class Run {
  private static final long PERIOD_MILLIS = 500;

  private final FlinkCluster cluster;
  private final JobID job;
  private final RunCounters counters;
  private final StatusLine line;
  private final StopSignal stop;
  private final @Nullable String savepoints;
  private int restarts;

  /** Inputs per second, on average since the first. */
  private double rate;

  /**
   * @param savepoints URI of the directory for a stopped run's savepoint; null: none is kept
   */
  Run(
      FlinkCluster cluster,
      JobID job,
      RunCounters counters,
      StatusLine line,
      StopSignal stop,
      @Nullable String savepoints) {
    this.cluster = cluster;
    this.job = job;
    this.counters = counters;
    this.line = line;
    this.stop = stop;
    this.savepoints = savepoints;
  }

  /** Returns the exit code. */
  int untilEnd() throws Exception {
    long nanos = System.nanoTime();
    while (true) {
      boolean stopping = stop.await(PERIOD_MILLIS);
      RunStatus now = status();
      if (now.inputs() == 0) {
        nanos = System.nanoTime();
      }
      rate = now.inputs() * 1e9 / Math.max(1, System.nanoTime() - nanos);
      if (now.job().status().isGloballyTerminalState()) {
        return ended(now);
      }
      if (now.job().tasksRun()) {
        stop.started();
      }
      if (stopping) {
        return stopped(now);
      }
      reportRestart(now);
      line.show(now.line(rate));
    }
  }

  private RunStatus status() throws Exception {
    return RunStatus.of(cluster.progress(job), counters);
  }

  private void reportRestart(RunStatus now) {
    if (now.job().restarts() > restarts && now.job().failure() != null) {
      line.message("restarted after: " + FailureText.of(now.job().failure()));
      restarts = now.job().restarts();
    }
  }

  private int ended(RunStatus end) {
    line.end(end.line(rate));
    if (end.job().failure() == null) {
      return 0;
    }
    line.message(ErrorLine.of("the job failed: " + FailureText.of(end.job().failure())));
    return 1;
  }

  private int stopped(RunStatus now) throws Exception {
    line.message("stopping; press Ctrl-C again to stop at once");
    if (!now.job().tasksRun()) {
      line.message("stopped while restarting; the next start reads uncommitted inputs again");
      return 1;
    }
    String savepoint = stopWithSavepoint();
    line.end(status().line(rate));
    line.message("stopped; all that was read is committed, and the next start continues here");
    if (savepoint != null) {
      line.message("savepoint of the key-config versions, which no start needs: " + savepoint);
    }
    return 0;
  }

  /**
   * Stops once everything is written and committed; Flink takes a savepoint for this.
   *
   * @return path of the savepoint; null if it is not kept
   */
  private @Nullable String stopWithSavepoint() throws Exception {
    if (savepoints != null) {
      return cluster.stopWithSavepoint(job, savepoints);
    }
    Path passing = Files.createTempDirectory("embedding-export-savepoint");
    try {
      cluster.stopWithSavepoint(job, passing.toUri().toString());
      return null;
    } finally {
      FileUtils.deleteDirectoryQuietly(passing.toFile());
    }
  }
}
