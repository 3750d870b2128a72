package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;

/**
 * A fault by which a prepared transaction can be aborted. If the job fails for good over that, it
 * goes on as {@link LossRunbook} says; else it must recover by itself.
 */
record MaybeLoss(Fault fault, int parallelism) implements Fault {
  /** So many checkpoints later no transaction of before is open. */
  private static final int CHECKPOINTS = 2;

  @Override
  public FaultClass kind() {
    return fault.kind();
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    Status before = new JobWatch(stage).awaitWorking("the job works before " + fault);
    fault.happen(stage);
    Status since = stage.cluster().job().status().orElse(before);
    new LossRunbook(stage, parallelism)
        .settle(
            status -> JobWatch.isFurther(status, since, CHECKPOINTS),
            before.lastCheckpoint(),
            false);
  }

  @Override
  public String toString() {
    return fault.toString();
  }
}
