package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The newest checkpoint cannot be read when the job must start. */
final class CheckpointFaults {
  private CheckpointFaults() {}

  /**
   * @param takeover whether the files of high availability can be reached
   */
  static Fault corrupt(RandomGenerator random, boolean takeover, int parallelism) {
    List<Damage> damages = List.of(Damage.OVERWRITTEN, Damage.CUT_IN_HALF, Damage.EMPTIED);
    return damaged(
        FaultClass.CORRUPT_CHECKPOINT,
        damages.get(random.nextInt(damages.size())),
        random,
        takeover,
        parallelism);
  }

  static Fault deleted(RandomGenerator random, boolean takeover, int parallelism) {
    return damaged(FaultClass.DELETED_CHECKPOINT, Damage.DELETED, random, takeover, parallelism);
  }

  private static Fault damaged(
      FaultClass kind, Damage damage, RandomGenerator random, boolean takeover, int parallelism) {
    boolean bySubmission = random.nextBoolean();
    boolean state = random.nextBoolean();
    return takeover && !bySubmission
        ? new AtTakeover(kind, damage)
        : new AtSubmission(kind, damage, state, parallelism);
  }

  /**
   * Both JobManagers die and come back. A TaskManager's death would not do: the JobManager has its
   * checkpoints in memory.
   *
   * <p>What Flink 2.3 does: each JobManager that becomes the leader ends itself ({@code Could not
   * retrieve checkpoint 2 from state handle under /0000000000000000002}, exit code 239), also if
   * older checkpoints are whole. Once the file is back a service manager's next start recovers the
   * job.
   */
  record AtTakeover(FaultClass kind, Damage damage) implements Fault {
    private static final Duration TIME = Duration.ofSeconds(15);

    @Override
    public void happen(Stage stage) throws InterruptedException {
      ChaosCluster cluster = stage.cluster();
      Path disk =
          cluster
              .disk()
              .orElseThrow(() -> new FaultException("no disk is known: " + cluster.missing()))
              .path();
      new JobWatch(stage).awaitWorking("the job works before its checkpoint is damaged");
      List<ClusterNode> jobManagers = cluster.jobManagers();
      try {
        jobManagers.forEach(ClusterNode::kill);
        Path file = RetainedCheckpoint.newestForTakeover(disk);
        stage.say("damage " + file);
        Damage.Copy copy = damage.to(file);
        try {
          jobManagers.forEach(ClusterNode::start);
          stage.hold(TIME);
        } finally {
          copy.putBack();
        }
      } finally {
        ProcessFaults.eachOf(jobManagers, ClusterNode::kill);
        ProcessFaults.eachOf(jobManagers, ClusterNode::start);
      }
    }

    @Override
    public String toString() {
      return "both jobmanagers die, and the newest checkpoint they read is " + text(damage);
    }
  }

  /**
   * The job is cancelled, and cannot be restored from its newest checkpoint. It starts from the one
   * before.
   *
   * @param state whether it has that; else it starts without state
   */
  record AtSubmission(FaultClass kind, Damage damage, boolean state, int parallelism)
      implements Fault {
    @Override
    public void happen(Stage stage) {
      SubmittedJob job = stage.cluster().job();
      Status before =
          new JobWatch(stage).awaitWorking("the job works before its checkpoint is damaged");
      job.cancel();
      List<Path> checkpoints = RetainedCheckpoint.allBeside(before.lastCheckpoint());
      stage.say("damage " + checkpoints.get(0));
      Damage.Copy copy = damage.to(checkpoints.get(0).resolve(RetainedCheckpoint.METADATA));
      try {
        if (state && checkpoints.size() > 1) {
          stage.say("restore " + checkpoints.get(1));
          job.restore(checkpoints.get(1).toString(), parallelism);
        } else {
          job.start(parallelism);
        }
      } finally {
        copy.putBack();
      }
    }

    @Override
    public String toString() {
      return "cancel; the newest checkpoint is "
          + text(damage)
          + ", so start "
          + (state ? "from the one before" : "without state")
          + " with parallelism "
          + parallelism;
    }
  }

  private static String text(Damage damage) {
    return damage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
