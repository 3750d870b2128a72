package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another producer takes over the job's transactional ids, which aborts what is open. The job must
 * restart by itself, and read again what was aborted, also what was prepared for a checkpoint that
 * is complete.
 *
 * @param held whether a commit is to be under way then
 * @param order in which TaskManagers are tried for {@link HeldCommit}, by index
 */
record SamePrefix(boolean held, List<Integer> order) implements Fault {
  @Override
  public FaultClass kind() {
    return FaultClass.SAME_PREFIX;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    new JobWatch(stage).awaitWorking("the job works before its ids are taken");
    Optional<HeldCommit> commit = Optional.empty();
    try (OpenTransactions transactions = new OpenTransactions(cluster.clientProperties())) {
      if (held) {
        commit = HeldCommit.bringAbout(stage, order);
      }
      Set<String> ids = transactions.list();
      stage.say("another producer takes over " + ids);
      transactions.fence(ids);
    } finally {
      commit.map(HeldCommit::frozen).ifPresent(ClusterNode::thaw);
    }
  }

  @Override
  public String toString() {
    return "another producer takes over the job's transactional ids"
        + (held ? ", while a commit is under way" : "");
  }
}
