package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.CheckpointDisk;
import io.embeddingexport.chaos.cluster.Node;
import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The newest checkpoint cannot be read, and the job has nothing else to start from. It must not
 * start then: from an older checkpoint it would write records twice.
 */
final class CheckpointFaults {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
    boolean byHand = random.nextBoolean();
    return takeover && !byHand
        ? new AtTakeover(kind, damage)
        : new AtRestore(kind, damage, parallelism);
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
    private static final int SECONDS = 20;

    @Override
    public void happen(Stage stage) throws InterruptedException {
      ChaosCluster cluster = stage.cluster();
      Path disk =
          cluster
              .disk()
              .orElseThrow(() -> new FaultException("no disk is known: " + cluster.missing()))
              .path();
      new JobWatch(stage).awaitWorking("the job works before its checkpoint is damaged");
      List<Node> jobManagers = cluster.jobManagers();
      try {
        jobManagers.forEach(Node::kill);
        Path file = RetainedCheckpoint.newestForTakeover(disk);
        stage.say("damage " + file);
        Damage.Copy copy = damage.to(file);
        try {
          jobManagers.forEach(Node::start);
          requireStanding(stage);
        } finally {
          copy.putBack();
        }
      } finally {
        ProcessFaults.eachOf(jobManagers, Node::kill);
        ProcessFaults.eachOf(jobManagers, Node::start);
      }
    }

    private static void requireStanding(Stage stage) throws InterruptedException {
      for (int second = 0; second < SECONDS; second++) {
        stage.hold(SECOND);
        if (stage.cluster().job().status().filter(Status::running).isPresent()) {
          throw new FaultException(
              "the job runs although the newest checkpoint cannot be read: from what?");
        }
      }
    }

    @Override
    public String toString() {
      return "both jobmanagers die, and the newest checkpoint they read is " + text(damage);
    }
  }

  /**
   * The job is cancelled, and restored by hand from its retained checkpoint.
   *
   * <p>What Flink 2.3 does: {@code flink run} ends with an error, and leaves what {@link
   * LeftJobResults} tells of. With the file back, the same command works.
   */
  record AtRestore(FaultClass kind, Damage damage, int parallelism) implements Fault {
    @Override
    public void happen(Stage stage) {
      SubmittedJob job = stage.cluster().job();
      JobWatch watch = new JobWatch(stage);
      Status before = watch.awaitWorking("the job works before its checkpoint is damaged");
      job.cancel();
      Path checkpoint = RetainedCheckpoint.newestBeside(before.lastCheckpoint());
      stage.say("damage " + checkpoint);
      LeftJobResults left = LeftJobResults.watch(storage(stage.cluster(), checkpoint));
      Damage.Copy copy = damage.to(checkpoint.resolve(RetainedCheckpoint.METADATA));
      try {
        requireRefused(stage, watch, before.id(), checkpoint.toString());
      } finally {
        copy.putBack();
        stage.say("left of the refused job, and deleted: " + left.delete());
      }
      job.restore(checkpoint.toString(), parallelism, Map.of());
    }

    /** The disk, or what stands for it: checkpoints are at {@code DISK/checkpoints/JOB/chk-N}. */
    private static Path storage(ChaosCluster cluster, Path checkpoint) {
      return cluster
          .disk()
          .map(CheckpointDisk::path)
          .orElseGet(() -> checkpoint.getParent().getParent().getParent());
    }

    private void requireRefused(Stage stage, JobWatch watch, String before, String checkpoint) {
      try {
        stage.cluster().job().restore(checkpoint, parallelism, Map.of());
      } catch (RuntimeException e) {
        stage.say("refused: " + cause(String.valueOf(e.getMessage())));
        return;
      }
      Status after =
          watch.await(
              "a restore from a damaged checkpoint fails",
              status ->
                  !status.id().equals(before) && (JobWatch.hasFailed(status) || status.running()));
      if (after.running()) {
        throw new FaultException("the job runs although " + checkpoint + " is " + text(damage));
      }
      stage.say("failed: " + cause(String.valueOf(after.failure())));
    }

    private static String cause(String trace) {
      return trace
          .lines()
          .filter(line -> line.contains("Caused by: "))
          .reduce((first, last) -> last)
          .orElse(trace);
    }

    @Override
    public String toString() {
      return "cancel, and restore (parallelism "
          + parallelism
          + ") from a checkpoint that is "
          + text(damage);
    }
  }

  private static String text(Damage damage) {
    return damage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
