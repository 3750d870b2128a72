package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.util.random.RandomGenerator;

/** What operators do on purpose: the job ends, and goes on from where it ended. */
final class Restores {
  private Restores() {}

  static Fault rescale(int parallelism) {
    return new FromSavepoint(FaultClass.RESCALE, parallelism);
  }

  static Fault upgrade(RandomGenerator random, int parallelism) {
    return random.nextBoolean()
        ? new FromSavepoint(FaultClass.UPGRADE, parallelism)
        : new FromCheckpoint(FaultClass.UPGRADE, parallelism);
  }

  private record FromSavepoint(FaultClass kind, int parallelism) implements Fault {
    @Override
    public void happen(Stage stage) {
      SubmittedJob job = stage.cluster().job();
      new JobWatch(stage).awaitWorking("the job works before it is stopped");
      job.restore(job.stopWithSavepoint(), parallelism);
    }

    @Override
    public String toString() {
      return "stop with a savepoint, and restore with parallelism " + parallelism;
    }
  }

  /** Unlike a stop, this may leave transactions that nobody commits. */
  private record FromCheckpoint(FaultClass kind, int parallelism) implements Fault {
    @Override
    public void happen(Stage stage) {
      SubmittedJob job = stage.cluster().job();
      Status before = new JobWatch(stage).awaitWorking("the job works before it is cancelled");
      job.cancel();
      String checkpoint = RetainedCheckpoint.newestBeside(before.lastCheckpoint()).toString();
      stage.say("restore " + checkpoint);
      job.restore(checkpoint, parallelism);
    }

    @Override
    public String toString() {
      return "cancel, and restore the last checkpoint with parallelism " + parallelism;
    }
  }
}
