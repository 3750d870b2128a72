package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A complete checkpoint whose transactions are not all committed, and stay so: one TaskManager
 * stands still and does not hear that the checkpoint is complete.
 *
 * <p>That moment is short, and is brought about so: all other TaskManagers are frozen, so that
 * checkpoints wait for them. Once this one has done its part of a checkpoint, it is frozen and the
 * others go on: their part completes the checkpoint. The others must not stand still for long:
 * after 4 s without ZooKeeper (two thirds of a session) Flink fails their tasks.
 *
 * @param frozen the TaskManager
 * @param checkpoint path of the checkpoint
 * @param transactions ids of those that are prepared
 */
record HeldCommit(Node frozen, String checkpoint, Set<String> transactions) {
  private static final int ROUNDS = 4;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LOOKS = 25;

  /** The REST API's answers are up to 3 s old. */
  private static final Duration ANSWERS_AGE = Duration.ofMillis(3_500);

  /**
   * Tries each TaskManager, some times: only one that does not hold all of the job, nor nothing of
   * it, will do. Empty if there is none; then all run as before.
   *
   * @param order in which they are tried, by index
   */
  static Optional<HeldCommit> bringAbout(Stage stage, List<Integer> order)
      throws InterruptedException {
    try (OpenTransactions transactions = new OpenTransactions(stage.cluster().clientProperties())) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int index : order) {
          new JobWatch(stage).awaitWorking("the job works before a commit is held up");
          Node node = stage.cluster().taskManagers().get(index);
          Optional<HeldCommit> held = tryWith(stage, node, transactions);
          if (held.isPresent()) {
            stage.say(node.name() + " does not commit " + held.get().transactions());
            return held;
          }
        }
      }
    }
    stage.say("no transaction could be kept from being committed");
    return Optional.empty();
  }

  private static Optional<HeldCommit> tryWith(Stage stage, Node node, OpenTransactions transactions)
      throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    List<Node> others =
        cluster.taskManagers().stream().filter(other -> !other.name().equals(node.name())).toList();
    Set<String> before = transactions.listPrepared();
    Optional<HeldCommit> held = Optional.empty();
    try {
      try {
        others.forEach(Node::freeze);
        if (!awaitPrepared(stage, transactions, before)) {
          return held;
        }
        node.freeze();
      } finally {
        ProcessFaults.eachOf(others, Node::thaw);
      }
      stage.hold(ANSWERS_AGE);
      Set<String> still = new HashSet<>(transactions.listPrepared());
      still.removeAll(before);
      held =
          cluster
              .job()
              .status()
              .filter(status -> status.running() && status.lastCheckpoint() != null)
              .map(status -> of(node, status.lastCheckpoint(), still))
              .filter(found -> !found.transactions().isEmpty());
      return held;
    } finally {
      if (held.isEmpty()) {
        node.thaw();
      }
    }
  }

  private static boolean awaitPrepared(
      Stage stage, OpenTransactions transactions, Set<String> before) throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      stage.hold(LOOK);
      if (!before.containsAll(transactions.listPrepared())) {
        return true;
      }
    }
    return false;
  }

  /**
   * A transaction has the number of its checkpoint. The others may already have prepared some of
   * the next checkpoint, which is not complete.
   */
  private static HeldCommit of(Node node, String checkpoint, Set<String> open) {
    long number = RetainedCheckpoint.number(checkpoint);
    Set<String> ofIt =
        open.stream()
            .filter(id -> OpenTransactions.number(id) == number)
            .collect(Collectors.toUnmodifiableSet());
    return new HeldCommit(node, checkpoint, ofIt);
  }
}
