package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;

/**
 * Sums up what the REST API counts from anew after each submission and takeover. What happens
 * between the last look and a takeover is missed. Thread-safe.
 */
final class JobTally {
  private String id = "";
  private long restarts;
  private long checkpoints;
  private long allRestarts;
  private long allCheckpoints;

  synchronized void add(Status status) {
    boolean anew =
        !id.equals(status.id())
            || status.restarts() < restarts
            || status.completedCheckpoints() < checkpoints;
    allRestarts += status.restarts() - (anew ? 0 : restarts);
    allCheckpoints += status.completedCheckpoints() - (anew ? 0 : checkpoints);
    id = status.id();
    restarts = status.restarts();
    checkpoints = status.completedCheckpoints();
  }

  synchronized long restarts() {
    return allRestarts;
  }

  synchronized long checkpoints() {
    return allCheckpoints;
  }
}
