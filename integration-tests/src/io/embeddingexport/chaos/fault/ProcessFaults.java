package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.fault.Lasting.Injury;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Processes that end, or stand still. */
final class ProcessFaults {
  private ProcessFaults() {}

  /** {@code kill -9} of each, and a start at once. */
  static Fault kill(FaultClass kind, Target... targets) {
    return down(kind, Duration.ZERO, List.of(targets));
  }

  static Fault twoBrokersDown(RandomGenerator random) {
    List<Target> brokers =
        Chance.shuffled(random, List.of(Target.broker(1), Target.broker(2), Target.broker(3)));
    return down(FaultClass.TWO_BROKERS_DOWN, Chance.seconds(random, 8, 15), brokers.subList(0, 2));
  }

  private static Fault down(FaultClass kind, Duration time, List<Target> targets) {
    return new Lasting(
        kind,
        "kill -9 " + names(targets) + (time.isZero() ? "" : ", down"),
        time,
        cluster -> {
          List<ClusterNode> nodes = targets.stream().map(target -> target.in(cluster)).toList();
          return new Injury(
              () -> nodes.forEach(ClusterNode::kill), () -> eachOf(nodes, ClusterNode::start));
        });
  }

  /** Shorter than heartbeats (10 s) and sessions (6 s and 9 s) allow. */
  static Fault shortFreeze(RandomGenerator random, int taskManagers) {
    return freeze(
        FaultClass.SHORT_FREEZE, anyone(random, taskManagers), Chance.seconds(random, 2, 5));
  }

  static Fault longFreeze(RandomGenerator random, int taskManagers) {
    return freeze(
        FaultClass.LONG_FREEZE, anyone(random, taskManagers), Chance.seconds(random, 15, 25));
  }

  private static Target anyone(RandomGenerator random, int taskManagers) {
    return Target.anyOf(
        random,
        List.of(
            Target.anyTaskManager(random, taskManagers),
            Target.leader(),
            Target.anyBroker(random),
            Target.zooKeeper()));
  }

  private static Fault freeze(FaultClass kind, Target target, Duration time) {
    return new Lasting(
        kind,
        "freeze " + target,
        time,
        cluster -> {
          ClusterNode node = target.in(cluster);
          return new Injury(node::freeze, node::thaw);
        });
  }

  static Fault rollingBrokerRestart(RandomGenerator random) {
    return new RollingRestart(Chance.shuffled(random, List.of(0, 1, 2)));
  }

  /**
   * Each broker in turn, as for an upgrade.
   *
   * @param order indices of brokers
   */
  private record RollingRestart(List<Integer> order) implements Fault {
    @Override
    public FaultClass kind() {
      return FaultClass.ROLLING_BROKER_RESTART;
    }

    @Override
    public void happen(Stage stage) {
      ChaosCluster cluster = stage.cluster();
      for (int index : order) {
        ClusterNode broker = cluster.brokers().get(index);
        try {
          broker.stop();
        } finally {
          broker.start();
        }
        broker.awaitReady();
      }
    }

    @Override
    public String toString() {
      return "restart "
          + names(order.stream().map(index -> Target.broker(index + 1)).toList())
          + " in turn";
    }
  }

  /** Goes on to the next node also if one fails, and throws what the first one threw. */
  static void eachOf(List<ClusterNode> nodes, Consumer<ClusterNode> action) {
    RuntimeException first = null;
    for (ClusterNode node : nodes) {
      try {
        action.accept(node);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static String names(List<Target> targets) {
    return targets.stream().map(Target::toString).collect(Collectors.joining(" and "));
  }
}
