package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;

/**
 * The same job is submitted once more while it runs. The older submission must fail for good and
 * name the newer one, which goes on.
 *
 * @param state whether the newer one starts from the older one's newest checkpoint, else without
 *     state
 * @param parallelism of the newer one: slots must be free for it
 */
record SecondJob(boolean state, int parallelism) implements Fault {
  private static final String SUPERSEDED = "was superseded by run";

  @Override
  public FaultClass kind() {
    return FaultClass.SECOND_JOB;
  }

  @Override
  public void happen(Stage stage) {
    SubmittedJob job = stage.cluster().job();
    JobWatch watch = new JobWatch(stage);
    Status older = watch.awaitWorking("the job works before it is submitted once more");
    if (state) {
      job.restore(older.lastCheckpoint(), parallelism);
    } else {
      job.start(parallelism);
    }
    Status ended = watch.awaitOf(older.id(), "the older job fails for good", JobWatch::hasFailed);
    String why = String.valueOf(ended.failure());
    if (!why.contains(SUPERSEDED)) {
      throw new FaultException("the older job does not say that it " + SUPERSEDED + ": " + why);
    }
    stage.say("the older job: " + JobWatch.reason(ended));
    Status newer = watch.awaitWorking("the newer job works");
    if (newer.id().equals(older.id())) {
      throw new FaultException("there is no newer job: " + newer);
    }
  }

  @Override
  public String toString() {
    return "the job is submitted once more "
        + (state ? "from its newest checkpoint" : "without state")
        + " with parallelism "
        + parallelism
        + " while it runs";
  }
}
