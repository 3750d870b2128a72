package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.Network;
import io.embeddingexport.chaos.fault.Lasting.Injury;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Wires that carry nothing, little, or slowly. */
final class WireFaults {
  private WireFaults() {}

  static Fault cut(RandomGenerator random, int taskManagers) {
    Duration time = Chance.seconds(random, 5, 20);
    if (random.nextInt(3) == 0) {
      Target one = Target.anyOf(random, hosts(random, taskManagers));
      return wires(
          FaultClass.NETWORK_CUT,
          "cut off " + one,
          time,
          List.of(one),
          (network, nodes) -> network.isolate(nodes.get(0)));
    }
    List<Target> two = talking(random, taskManagers);
    return wires(
        FaultClass.NETWORK_CUT,
        "cut between " + two.get(0) + " and " + two.get(1),
        time,
        two,
        (network, nodes) -> network.cut(nodes.get(0), nodes.get(1)));
  }

  /** Two hosts that have something to say to each other: any but a broker and ZooKeeper. */
  private static List<Target> talking(RandomGenerator random, int taskManagers) {
    Target taskManager = Target.anyTaskManager(random, taskManagers);
    List<Target> brokers =
        Chance.shuffled(random, List.of(Target.broker(1), Target.broker(2), Target.broker(3)));
    List<List<Target>> pairs =
        List.of(
            List.of(taskManager, Target.leader()),
            List.of(taskManager, brokers.get(0)),
            List.of(taskManager, Target.zooKeeper()),
            List.of(Target.leader(), Target.zooKeeper()),
            List.of(Target.leader(), brokers.get(0)),
            brokers.subList(0, 2));
    return pairs.get(random.nextInt(pairs.size()));
  }

  static Fault loss(RandomGenerator random, int taskManagers) {
    Duration time = Chance.seconds(random, 10, 20);
    int percent = random.nextInt(5, 31);
    List<Target> hit =
        Chance.shuffled(random, hosts(random, taskManagers)).subList(0, random.nextInt(1, 3));
    return wires(
        FaultClass.NETWORK_LOSS,
        "lose " + percent + " % of what comes to " + hit,
        time,
        hit,
        (network, nodes) -> nodes.forEach(node -> network.lose(node, percent / 100.0)));
  }

  /** A wire with a limit where there is a network; elsewhere a process that mostly stands still. */
  static Fault slowBroker(RandomGenerator random, boolean network) {
    Target broker = Target.anyBroker(random);
    Duration time = Chance.seconds(random, 12, 18);
    if (!network) {
      return new Stutter(broker, time);
    }
    long bytesPerSecond = random.nextLong(20_000, 200_001);
    return wires(
        FaultClass.SLOW_BROKER,
        "no more than " + bytesPerSecond + " bytes a second from " + broker,
        time,
        List.of(broker),
        (wires, nodes) -> wires.limit(nodes.get(0), bytesPerSecond));
  }

  /** One of each kind. */
  private static List<Target> hosts(RandomGenerator random, int taskManagers) {
    return List.of(
        Target.anyTaskManager(random, taskManagers),
        Target.leader(),
        Target.anyBroker(random),
        Target.zooKeeper());
  }

  private static Fault wires(
      FaultClass kind,
      String what,
      Duration time,
      List<Target> targets,
      BiConsumer<Network, List<ClusterNode>> change) {
    return new Lasting(
        kind,
        what,
        time,
        cluster -> {
          Network network = network(cluster);
          List<ClusterNode> nodes = targets.stream().map(target -> target.in(cluster)).toList();
          return new Injury(() -> change.accept(network, nodes), network::heal);
        });
  }

  private static Network network(ChaosCluster cluster) {
    return cluster
        .network()
        .orElseThrow(() -> new FaultException("no network to break: " + cluster.missing()));
  }

  /** Runs a fifth of the time. */
  private record Stutter(Target broker, Duration time) implements Fault {
    private static final Duration STILL = Duration.ofMillis(800);
    private static final Duration RUNNING = Duration.ofMillis(200);

    @Override
    public FaultClass kind() {
      return FaultClass.SLOW_BROKER;
    }

    @Override
    public void happen(Stage stage) throws InterruptedException {
      ClusterNode node = broker.in(stage.cluster());
      long turns = time.dividedBy(STILL.plus(RUNNING));
      for (long turn = 0; turn < turns; turn++) {
        try {
          node.freeze();
          stage.hold(STILL);
        } finally {
          node.thaw();
        }
        stage.hold(RUNNING);
      }
    }

    @Override
    public String toString() {
      return broker + " stands still for 4 of 5 moments for " + Chance.text(time);
    }
  }
}
