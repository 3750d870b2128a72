package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.Node;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another job with the same transactional id prefix starts: it takes over each id, which aborts
 * what is open. Transactions that no checkpoint holds are written again after a failover. One that
 * was prepared is lost, and the job must say so; then it goes on as {@link LossRunbook} says.
 *
 * @param prepared whether a transaction is to be prepared when that happens
 * @param order in which TaskManagers are tried for {@link HeldCommit}, by index
 */
record SamePrefix(boolean prepared, List<Integer> order, int parallelism) implements Fault {
  /** So many checkpoints later no transaction of before is open. */
  private static final int CHECKPOINTS = 3;

  @Override
  public FaultClass kind() {
    return FaultClass.SAME_PREFIX;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    ChaosCluster cluster = stage.cluster();
    Status before = new JobWatch(stage).awaitWorking("the job works before its ids are taken");
    Optional<HeldCommit> held = Optional.empty();
    boolean certain = false;
    try (OpenTransactions transactions = new OpenTransactions(cluster.clientProperties())) {
      if (prepared) {
        held = HeldCommit.bringAbout(stage, order);
      }
      Set<String> ids = transactions.list();
      certain = held.isPresent() && ids.stream().anyMatch(held.get().transactions()::contains);
      stage.say("another job takes over " + ids);
      transactions.fence(ids);
    } finally {
      held.map(HeldCommit::frozen).ifPresent(Node::thaw);
    }
    Status since = cluster.job().status().orElse(before);
    new LossRunbook(stage, parallelism)
        .settle(
            status -> JobWatch.isFurther(status, since, CHECKPOINTS),
            before.lastCheckpoint(),
            certain);
  }

  @Override
  public String toString() {
    return "another job with the same prefix" + (prepared ? ", while a commit is under way" : "");
  }
}
