package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.console.StatusLine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/** Follows a run to its end, or ends it. */
final class Run {
  private static final long PERIOD_MILLIS = 500;

  private final LocalCluster cluster;
  private final StatusLine line;
  private final StopSignal stop;
  private final @Nullable String savepoints;
  private int restarts;

  /** Inputs per second, on average since the first. */
  private double rate;

  /** * @param savepoints URI of the directory for a stopped run's savepoint; null: none is kept */
  Run(LocalCluster cluster, StatusLine line, StopSignal stop, @Nullable String savepoints) {
    this.cluster = cluster;
    this.line = line;
    this.stop = stop;
    this.savepoints = savepoints;
  }

  /** Returns the exit code. */
  int untilEnd() throws Exception {
    long nanos = System.nanoTime();
    while (true) {
      boolean stopping = stop.await(PERIOD_MILLIS);
      RunStatus now = cluster.status();
      if (now.inputs() == 0) {
        nanos = System.nanoTime();
      }
      rate = now.inputs() * 1e9 / Math.max(1, System.nanoTime() - nanos);
      if (now.state().isGloballyTerminalState()) {
        return ended(now);
      }
      if (now.tasksRun()) {
        stop.started();
      }
      if (stopping) {
        return stopped(now);
      }
      reportRestart(now);
      line.show(now.line(rate));
    }
  }

  private void reportRestart(RunStatus now) {
    if (now.restarts() > restarts && now.failure() != null) {
      line.message("restarted after: " + FailureText.of(now.failure()));
      restarts = now.restarts();
    }
  }

  private int ended(RunStatus end) {
    line.end(end.line(rate));
    if (end.failure() == null) {
      return 0;
    }
    line.message(ErrorLine.of("the job failed: " + FailureText.of(end.failure())));
    return 1;
  }

  private int stopped(RunStatus now) throws Exception {
    line.message("stopping; Ctrl-C again to break off");
    if (!now.tasksRun()) {
      line.message("stopped while restarting: what was not committed is read again next time");
      return 1;
    }
    String savepoint = stopWithSavepoint();
    line.end(cluster.status().line(rate));
    line.message("stopped with all that was read committed; the next start goes on here");
    if (savepoint != null) {
      line.message(
          "savepoint of the key-config versions, which no start needs to go on: " + savepoint);
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
      return cluster.stop(savepoints);
    }
    Path passing = Files.createTempDirectory("embedding-export-savepoint");
    try {
      cluster.stop(passing.toUri().toString());
      return null;
    } finally {
      FileUtils.deleteDirectoryQuietly(passing.toFile());
    }
  }
}
