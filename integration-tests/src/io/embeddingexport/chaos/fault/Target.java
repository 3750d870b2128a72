package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Which process a fault hits. It is found when the fault happens: who leads then is not known
 * before.
 */
record Target(String name, Function<ChaosCluster, ClusterNode> search) {
  static final int BROKERS = 3;

  /** Number of faults that hit the leader, out of 10 at a JobManager. */
  private static final int LEADERS = 7;

  /**
   * @param number from 1
   */
  static Target broker(int number) {
    return new Target("broker-" + number, cluster -> cluster.brokers().get(number - 1));
  }

  static Target anyBroker(RandomGenerator random) {
    return broker(1 + random.nextInt(BROKERS));
  }

  /** Whichever number the generator gives, there is one. */
  static Target anyTaskManager(RandomGenerator random, int taskManagers) {
    int index = random.nextInt(taskManagers);
    return new Target("taskmanager-" + (index + 1), cluster -> cluster.taskManagers().get(index));
  }

  static Target leader() {
    return new Target("the leading jobmanager", ChaosCluster::leadingJobManager);
  }

  private static Target standby() {
    return new Target("the standby jobmanager", Target::standbyOf);
  }

  static Target anyJobManager(RandomGenerator random) {
    return random.nextInt(10) < LEADERS ? leader() : standby();
  }

  static Target zooKeeper() {
    return new Target("zookeeper", ChaosCluster::zooKeeper);
  }

  static Target anyOf(RandomGenerator random, List<Target> targets) {
    return targets.get(random.nextInt(targets.size()));
  }

  private static ClusterNode standbyOf(ChaosCluster cluster) {
    String leading = cluster.leadingJobManager().name();
    return cluster.jobManagers().stream()
        .filter(node -> !node.name().equals(leading))
        .findFirst()
        .orElseThrow(() -> new FaultException("no JobManager stands by beside " + leading));
  }

  ClusterNode in(ChaosCluster cluster) {
    return search.apply(cluster);
  }

  @Override
  public String toString() {
    return name;
  }
}
