package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What docs/guarantees.md says to do when the job fails for good because a commit is lost, in the
 * way that keeps the order: what is lost is written again before the job goes on.
 *
 * <p>The job's failure names only what one instance has lost. So the checkpoint is restored once
 * with parallelism 1: it fails just so, and its one instance names everything.
 *
 * @param parallelism of the job afterwards
 */
record LossRunbook(Stage stage, int parallelism) {
  private static final Map<String, String> ACCEPT = Map.of("restore.accept-loss", "true");

  /**
   * Waits until the job works or has failed, and in that case does what must be done.
   *
   * @param works tells that nothing was lost
   * @param checkpoint the newest one, if the job has not taken one since; may be null
   * @param certain whether something must be lost
   */
  void settle(Predicate<Status> works, String checkpoint, boolean certain) {
    SubmittedJob job = stage.cluster().job();
    Status end =
        new JobWatch(stage)
            .await(
                "the job works again, or fails for good",
                status -> works.test(status) || JobWatch.hasFailed(status));
    if (!JobWatch.hasFailed(end)) {
      if (certain) {
        throw new FaultException(
            "transactions of " + checkpoint + " were aborted, and the job goes on: " + end);
      }
      stage.say("nothing was lost");
      return;
    }
    String from = end.lastCheckpoint() == null ? checkpoint : end.lastCheckpoint();
    LossMessage loss = lossOf(end);
    goOn(loss.isAll() ? loss : allLossOf(from, end.id()), from);
  }

  private LossMessage allLossOf(String checkpoint, String before) {
    SubmittedJob job = stage.cluster().job();
    job.restore(checkpoint, 1, Map.of());
    LossMessage loss =
        lossOf(
            new JobWatch(stage)
                .await(
                    "restored with parallelism 1, the job fails for good",
                    status -> !status.id().equals(before) && JobWatch.hasFailed(status)));
    if (!loss.isAll()) {
      throw new FaultException("a job of one instance says that there are others: " + loss);
    }
    return loss;
  }

  private void goOn(LossMessage loss, String checkpoint) {
    SubmittedJob job = stage.cluster().job();
    stage.say("lost " + loss.messages() + " messages, and writes them again: " + loss.replays());
    for (Map<String, String> replay : loss.replays()) {
      job.runToEnd(replay).lines().reduce((first, last) -> last).ifPresent(stage::say);
    }
    String failed = job.status().map(Status::id).orElse("");
    job.restore(checkpoint, parallelism, ACCEPT);
    new JobWatch(stage)
        .await(
            "with " + ACCEPT + " the job works again",
            status -> !status.id().equals(failed) && JobWatch.works(status));
    job.restore(job.stopWithSavepoint(), parallelism, Map.of());
  }

  private static LossMessage lossOf(Status failed) {
    List<LossMessage> losses = LossMessage.in(String.valueOf(failed.failure()));
    if (losses.isEmpty() || losses.get(0).replays().isEmpty()) {
      throw new FaultException(
          "the job failed for good, and not with a loss it can name: " + failed.failure());
    }
    return losses.get(0);
  }
}
