package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A moment between a checkpoint and its commit: the checkpoint is complete, and one TaskManager
 * stands still, whose transactions of it are prepared and not committed.
 *
 * <p>It is brought about so: the other TaskManagers stand still, and this one prepares its part of
 * the next checkpoint, which cannot complete. Then this one stands still, and the others go on:
 * their part completes it. The others must not stand still for long: after 4 s without ZooKeeper
 * (two thirds of a session) Flink fails their tasks.
 *
 * @param frozen the TaskManager
 * @param positions partitions whose positions wait for the commit
 */
record HeldCommit(ClusterNode frozen, Set<TopicPartition> positions) {
  private static final int ROUNDS = 4;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LOOKS = 25;

  /** For the others to complete the checkpoint, and to commit. */
  private static final Duration COMPLETION = Duration.ofMillis(2_500);

  /**
   * Tries each TaskManager, some times: only one that does not hold all of the job, nor nothing of
   * it, will do. Empty if there is none; then all run as before.
   *
   * @param order in which they are tried, by index
   */
  static Optional<HeldCommit> bringAbout(Stage stage, List<Integer> order)
      throws InterruptedException {
    try (GroupPositions group =
        new GroupPositions(stage.cluster().clientProperties(), stage.group())) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int index : order) {
          Status working =
              new JobWatch(stage).awaitWorking("the job works before a commit is held up");
          ClusterNode node = stage.cluster().taskManagers().get(index);
          Optional<HeldCommit> held = tryWith(stage, node, working.lastCheckpoint(), group);
          if (held.isPresent()) {
            stage.say(node.name() + " does not commit " + held.get().positions());
            return held;
          }
        }
      }
    }
    stage.say("no transaction could be kept from being committed");
    return Optional.empty();
  }

  /**
   * @param known a checkpoint of the job
   */
  private static Optional<HeldCommit> tryWith(
      Stage stage, ClusterNode node, String known, GroupPositions group)
      throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    List<ClusterNode> others =
        cluster.taskManagers().stream().filter(other -> !other.name().equals(node.name())).toList();
    Optional<HeldCommit> held = Optional.empty();
    try {
      Set<TopicPartition> prepared;
      long checkpoint;
      try {
        others.forEach(ClusterNode::freeze);
        prepared = awaitPrepared(stage, group);
        if (prepared.isEmpty()) {
          return held;
        }
        // It must have told the JobManager, too.
        stage.hold(LOOK);
        node.freeze();
        checkpoint = newest(known);
      } finally {
        ProcessFaults.eachOf(others, ClusterNode::thaw);
      }
      stage.hold(COMPLETION);
      Set<TopicPartition> still = new HashSet<>(group.prepared());
      still.retainAll(prepared);
      if (!still.isEmpty() && newest(known) > checkpoint) {
        held = Optional.of(new HeldCommit(node, still));
      }
      return held;
    } finally {
      if (held.isEmpty()) {
        node.thaw();
      }
    }
  }

  private static long newest(String known) {
    return RetainedCheckpoint.number(RetainedCheckpoint.newestBeside(known));
  }

  /** Partitions that are prepared while the others stand still; none if that takes too long. */
  private static Set<TopicPartition> awaitPrepared(Stage stage, GroupPositions group)
      throws InterruptedException {
    Set<TopicPartition> before = group.prepared();
    for (int look = 0; look < LOOKS; look++) {
      stage.hold(LOOK);
      Set<TopicPartition> now = group.prepared();
      now.removeAll(before);
      if (!now.isEmpty()) {
        return now;
      }
    }
    return Set.of();
  }
}
