package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.CheckpointDisk;
import io.embeddingexport.chaos.cluster.Clocks;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.Network;
import io.embeddingexport.chaos.cluster.Permissions;
import io.embeddingexport.chaos.cluster.Role;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** A cluster that only remembers what was done to it, and what of that is not undone. */
final class FakeCluster implements ChaosCluster {
  final List<String> calls = new ArrayList<>();

  /** {@code broker-1 frozen}, {@code broker-1 down}, {@code network}, … */
  final TreeSet<String> broken = new TreeSet<>();

  final FakeJob job;
  private final boolean complete;
  private final Path directory;
  private final List<ClusterNode> brokers = nodes("broker", Role.BROKER, 3);
  private final List<ClusterNode> zooKeeper = nodes("zookeeper", Role.ZOOKEEPER, 1);
  private final List<ClusterNode> jobManagers = nodes("jobmanager", Role.JOB_MANAGER, 2);
  private final List<ClusterNode> taskManagers = nodes("taskmanager", Role.TASK_MANAGER, 3);

  /**
   * @param complete whether it has a network, a disk and clocks
   * @param directory where its checkpoints are
   */
  FakeCluster(boolean complete, Path directory) {
    this.complete = complete;
    this.directory = directory;
    this.job = new FakeJob(directory, calls);
  }

  private List<ClusterNode> nodes(String name, Role role, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> node(count == 1 ? name : name + "-" + i, role))
        .toList();
  }

  private ClusterNode node(String name, Role role) {
    return fake(
        ClusterNode.class,
        (method, arguments) -> {
          switch (method) {
            case "name" -> {
              return name;
            }
            case "role" -> {
              return role;
            }
            case "kill", "stop" -> {
              broken.add(name + " down");
              broken.remove(name + " frozen");
            }
            case "start" -> broken.remove(name + " down");
            case "freeze" -> broken.add(name + " frozen");
            case "thaw" -> broken.remove(name + " frozen");
            case "isRunning" -> {
              return !broken.contains(name + " down");
            }
            default -> {}
          }
          calls.add(method + " " + name);
          return null;
        });
  }

  /** What is broken by any call but the one that repairs. */
  private <T> Optional<T> breakable(Class<T> type, String what, String repair) {
    return complete ? Optional.of(fakeBreakable(type, what, repair)) : Optional.empty();
  }

  private <T> T fakeBreakable(Class<T> type, String what, String repair) {
    return fake(
        type,
        (method, arguments) -> {
          if (method.equals("path")) {
            return directory;
          }
          calls.add(method + " " + what + arguments);
          if (method.equals(repair)) {
            broken.remove(what);
          } else {
            broken.add(what);
          }
          return null;
        });
  }

  private interface Call {
    Object of(String method, List<Object> arguments);
  }

  private static <T> T fake(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                call.of(
                    method.getName(), arguments == null ? List.of() : Arrays.asList(arguments))));
  }

  @Override
  public List<ClusterNode> brokers() {
    return brokers;
  }

  @Override
  public ClusterNode zooKeeper() {
    return zooKeeper.get(0);
  }

  @Override
  public List<ClusterNode> jobManagers() {
    return jobManagers;
  }

  @Override
  public ClusterNode leadingJobManager() {
    return jobManagers.get(1);
  }

  @Override
  public List<ClusterNode> taskManagers() {
    return taskManagers;
  }

  @Override
  public Optional<Network> network() {
    return breakable(Network.class, "network", "heal");
  }

  @Override
  public Optional<CheckpointDisk> disk() {
    return breakable(CheckpointDisk.class, "disk", "repair");
  }

  @Override
  public Optional<Clocks> clocks() {
    return breakable(Clocks.class, "clocks", "heal");
  }

  @Override
  public List<String> missing() {
    return complete ? List.of() : List.of("this machine allows nothing");
  }

  @Override
  public Map<String, Object> clientProperties() {
    return Map.of(); // no brokers: clients cannot be made
  }

  @Override
  public Permissions permissions() {
    return fakeBreakable(Permissions.class, "permissions", "grantAll");
  }

  @Override
  public FakeJob job() {
    return job;
  }

  @Override
  public void close() {}

  /** A stage whose time passes at once. */
  Stage stage(Hold hold) {
    return new FakeStage(this, hold);
  }

  /** What a fault waits for. */
  interface Hold {
    void pass(Duration time) throws InterruptedException;
  }

  private record FakeStage(FakeCluster cluster, Hold hold) implements Stage {
    @Override
    public Configs configs() {
      return cluster.fakeBreakable(Configs.class, "configs", "storm");
    }

    @Override
    public Duration transactionTimeout() {
      return Duration.ofMinutes(1);
    }

    @Override
    public String group() {
      return "group";
    }

    @Override
    public List<TopicPartition> inputs() {
      return List.of(new TopicPartition("events", 0));
    }

    @Override
    public void hold(Duration time) throws InterruptedException {
      cluster.calls.add("hold " + Chance.text(time));
      hold.pass(time);
    }

    @Override
    public void say(String line) {}
  }
}
