package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;

/**
 * The job is restored from what was its state some checkpoints ago. It must go on where the group's
 * positions stand, not where that state was.
 *
 * @param savepoint whether from a savepoint that did not stop the job; else from the oldest
 *     checkpoint that is retained
 */
record OldCheckpoint(boolean savepoint, int parallelism) implements Fault {
  /** How many the job completes after that state. */
  private static final int CHECKPOINTS = 4;

  @Override
  public FaultClass kind() {
    return FaultClass.OLD_CHECKPOINT;
  }

  @Override
  public void happen(Stage stage) {
    SubmittedJob job = stage.cluster().job();
    JobWatch watch = new JobWatch(stage);
    Status before = watch.awaitWorking("the job works before it goes back");
    String taken = savepoint ? job.savepoint() : "";
    Status since = job.status().orElse(before);
    Status newest =
        watch.await(
            "the job goes on",
            status ->
                savepoint ? JobWatch.isFurther(status, since, CHECKPOINTS) : hasOldOnes(status));
    job.cancel();
    String old =
        savepoint ? taken : RetainedCheckpoint.oldestBeside(newest.lastCheckpoint()).toString();
    stage.say("restore " + old + ", and the newest is " + newest.lastCheckpoint());
    job.restore(old, parallelism);
  }

  private static boolean hasOldOnes(Status status) {
    return JobWatch.works(status)
        && RetainedCheckpoint.allBeside(status.lastCheckpoint()).size() > CHECKPOINTS;
  }

  @Override
  public String toString() {
    return "cancel, and restore "
        + (savepoint
            ? "a savepoint of " + CHECKPOINTS + " checkpoints ago"
            : "the oldest checkpoint")
        + " with parallelism "
        + parallelism;
  }
}
