package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A TaskManager stands still for longer than its heartbeat. Meanwhile the job is cancelled and goes
 * on elsewhere with another parallelism. Then the zombie wakes: what it still writes or commits
 * must not count.
 *
 * @param order in which TaskManagers are tried for {@link HeldCommit}, by index; where none is to
 *     hold a commit, or can, the first one is frozen
 * @param held whether the zombie is to wake before a commit
 * @param state whether the job is restored from its newest checkpoint, else started without state
 * @param time after the job was submitted again, until the zombie wakes
 */
record FreezeAndRescale(
    List<Integer> order, boolean held, boolean state, Duration time, int parallelism)
    implements Fault {
  @Override
  public FaultClass kind() {
    return FaultClass.FREEZE_AND_RESCALE;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    Optional<HeldCommit> commit =
        held ? HeldCommit.bringAbout(stage, order) : Optional.<HeldCommit>empty();
    ClusterNode zombie =
        commit
            .map(HeldCommit::frozen)
            .orElseGet(() -> stage.cluster().taskManagers().get(order.get(0)));
    try {
      if (commit.isEmpty()) {
        new JobWatch(stage).awaitWorking("the job works before " + zombie.name() + " is frozen");
        zombie.freeze();
      }
      rescale(stage.cluster().job());
      stage.hold(time);
    } finally {
      zombie.thaw();
    }
  }

  /** Its end waits for the zombie's tasks until the heartbeat is missed. */
  private void rescale(SubmittedJob job) {
    Optional<String> checkpoint = job.status().map(Status::lastCheckpoint);
    job.cancel();
    if (state && checkpoint.isPresent()) {
      job.restore(RetainedCheckpoint.newestBeside(checkpoint.get()).toString(), parallelism);
    } else {
      job.start(parallelism);
    }
  }

  @Override
  public String toString() {
    return "freeze taskmanager-"
        + (order.get(0) + 1)
        + (held ? " or another before a commit" : "")
        + ", cancel, go on "
        + (state ? "from the newest checkpoint" : "without state")
        + " with parallelism "
        + parallelism
        + ", and wake it "
        + Chance.text(time)
        + " later";
  }
}
