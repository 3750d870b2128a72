package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.Node;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All JobManagers and TaskManagers die when a checkpoint is complete and some of its transactions
 * are not committed, and stay away until the brokers have aborted these. The job must say what is
 * lost; then it goes on as {@link LossRunbook} says. Where no commit can be held up (all of the job
 * is on one TaskManager) nothing is lost, and the job must recover by itself.
 *
 * @param order in which TaskManagers are tried for {@link HeldCommit}, by index
 */
record LongOutage(List<Integer> order, int parallelism) implements Fault {
  /** Brokers look for transactions that are too old every 10 s. */
  private static final Duration BROKERS_LOOK = Duration.ofSeconds(15);

  @Override
  public FaultClass kind() {
    return FaultClass.LONG_OUTAGE;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    List<Node> all =
        Stream.concat(cluster.jobManagers().stream(), cluster.taskManagers().stream()).toList();
    String checkpoint;
    boolean certain;
    try {
      Optional<HeldCommit> held = HeldCommit.bringAbout(stage, order);
      checkpoint =
          held.map(HeldCommit::checkpoint)
              .or(() -> cluster.job().status().map(Status::lastCheckpoint))
              .orElse(null);
      // The frozen TaskManager is not woken before: it would commit.
      ProcessFaults.eachOf(all, Node::kill);
      certain = held.isPresent() && areOpen(cluster, held.get());
      stage.hold(stage.transactionTimeout().plus(BROKERS_LOOK));
    } finally {
      ProcessFaults.eachOf(all, Node::start);
    }
    new LossRunbook(stage, parallelism).settle(JobWatch::works, checkpoint, certain);
  }

  private static boolean areOpen(ChaosCluster cluster, HeldCommit held)
      throws InterruptedException {
    try (OpenTransactions transactions = new OpenTransactions(cluster.clientProperties())) {
      return transactions.list().stream().anyMatch(held.transactions()::contains);
    }
  }

  @Override
  public String toString() {
    return "all jobmanagers and taskmanagers down for longer than the transaction timeout";
  }
}
