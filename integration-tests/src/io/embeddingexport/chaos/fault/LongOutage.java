package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All JobManagers and TaskManagers die when a checkpoint is complete and some of its transactions
 * are not committed, and stay away until the brokers have aborted these. Then they are started, and
 * nothing else: the job must read again what was aborted.
 *
 * @param order in which TaskManagers are tried for {@link HeldCommit}, by index
 */
record LongOutage(List<Integer> order) implements Fault {
  /** Beyond the transaction timeout: these brokers look for old transactions every second. */
  private static final Duration BROKERS_LOOK = Duration.ofSeconds(10);

  @Override
  public FaultClass kind() {
    return FaultClass.LONG_OUTAGE;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    List<ClusterNode> all =
        Stream.concat(cluster.jobManagers().stream(), cluster.taskManagers().stream()).toList();
    try {
      HeldCommit.bringAbout(stage, order);
      // The frozen TaskManager is not woken before: it would commit.
      ProcessFaults.eachOf(all, ClusterNode::kill);
      try (OpenTransactions transactions = new OpenTransactions(cluster.clientProperties())) {
        Set<String> left = transactions.list();
        stage.hold(stage.transactionTimeout().plus(BROKERS_LOOK));
        Set<String> still = transactions.list();
        if (!still.isEmpty()) {
          throw new FaultException("the brokers have not aborted " + still);
        }
        stage.say("the brokers have aborted " + left);
      }
    } finally {
      ProcessFaults.eachOf(all, ClusterNode::start);
    }
  }

  @Override
  public String toString() {
    return "all jobmanagers and taskmanagers down for longer than the transaction timeout";
  }
}
