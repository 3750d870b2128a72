package io.embeddingexport.chaos.cluster;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.embeddingexport.chaos.cluster.FlinkProcesses.JobManager;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All of it as processes of this machine. They end with it, and with this JVM. */
public final class ProcessCluster implements ChaosCluster {
  private static final int JOB_MANAGERS = 2;

  private final Machine machine = new Machine();
  private final Hosts hosts;
  private final Network network;
  private final MountedDisk disk;
  private final FaketimeClocks clocks;
  private final BrokerCluster brokers;
  private final ZooKeeper zooKeeper;
  private final List<JobManager> jobManagers = new ArrayList<>();
  private final List<ProcessNode> taskManagers = new ArrayList<>();
  private final Leader leader;
  private final BrokerPermissions permissions;
  private final FlinkRest rest;
  private final FlinkJob job;
  private final Ending ending;

  private ProcessCluster(ClusterPlan plan, Ending ending) throws IOException {
    this.ending = ending;
    Path home = plan.home().toRealPath();
    JavaCommand java = new JavaCommand();
    Ports ports = new Ports();
    Namespaces namespaces = machine.hasNamespaces() ? new Namespaces() : null;
    hosts = namespaces == null ? Hosts.onLoopback() : namespaces;
    network = namespaces;
    ending.add(hosts::close);
    Path files = Files.createDirectories(home.resolve("disk"));
    disk = machine.canMount() ? new MountedDisk(files) : null;
    if (disk != null) {
      ending.add(disk::close);
    }
    clocks = machine.faketime().map(library -> new FaketimeClocks(library, home)).orElse(null);
    brokers = new BrokerCluster(home, hosts, ports, java);
    zooKeeper = new ZooKeeper(home, hosts, ports, java);
    FlinkProcesses flink =
        new FlinkProcesses(home, files, zooKeeper.connect(), plan.slots(), ports, java);
    for (int i = 1; i <= JOB_MANAGERS; i++) {
      jobManagers.add(flink.jobManager(i, hosts.create("jobmanager-" + i)));
    }
    for (int i = 1; i <= plan.taskManagers(); i++) {
      String name = "taskmanager-" + i;
      taskManagers.add(
          flink.taskManager(
              i, hosts.create(name), clocks == null ? Map.of() : clocks.environment(name)));
    }
    leader = new Leader(zooKeeper.connect(), jobManagers);
    permissions = new BrokerPermissions(brokers.clientProperties(), plan.jobOptions());
    rest = new FlinkRest(jobManagers.stream().map(JobManager::rest).toList());
    job =
        new FlinkJob(
            flink, rest, jar(), writeOptions(home, files, plan.jobOptions()), leader::await);
  }

  /** Starts all processes, waits until they serve, and grants the job's user its permissions. */
  public static ProcessCluster start(ClusterPlan plan) throws IOException {
    Ending ending = new Ending();
    try {
      ProcessCluster cluster = new ProcessCluster(plan, ending);
      // Everything is thrown away, so nothing need be shut down in order.
      cluster.nodes().forEach(node -> ending.add(node::end));
      cluster.nodes().forEach(ClusterNode::start);
      cluster.nodes().forEach(ClusterNode::awaitReady);
      cluster.permissions.grantAll();
      cluster.leadingJobManager();
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      ending.close();
      throw e;
    }
  }

  private static Path jar() {
    return Path.of(System.getProperty("job.jar", "target/embedding-export-0.1.0-SNAPSHOT-job.jar"))
        .toAbsolutePath();
  }

  private Path writeOptions(Path home, Path files, Map<String, String> given) throws IOException {
    Map<String, String> options = new TreeMap<>(given);
    brokers
        .jobProperties()
        .forEach(
            (name, value) ->
                options.put(
                    name.equals("bootstrap.servers")
                        ? "kafka.bootstrap-servers"
                        : "kafka.client." + name,
                    value));
    options.put(
        "flink.execution.checkpointing.dir", files.resolve("checkpoints").toUri().toString());
    Path file = home.resolve("options.yaml");
    new YAMLMapper().writeValue(file.toFile(), options);
    return file;
  }

  private List<ProcessNode> nodes() {
    return Stream.of(
            brokers.nodes(),
            List.of(zooKeeper.node()),
            jobManagers.stream().map(JobManager::node).toList(),
            taskManagers)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<ClusterNode> brokers() {
    return List.copyOf(brokers.nodes());
  }

  @Override
  public ClusterNode zooKeeper() {
    return zooKeeper.node();
  }

  @Override
  public List<ClusterNode> jobManagers() {
    return jobManagers.stream().<ClusterNode>map(JobManager::node).toList();
  }

  @Override
  public ClusterNode leadingJobManager() {
    return leader.await();
  }

  @Override
  public List<ClusterNode> taskManagers() {
    return List.copyOf(taskManagers);
  }

  @Override
  public Optional<Network> network() {
    return Optional.ofNullable(network);
  }

  @Override
  public Optional<CheckpointDisk> disk() {
    return Optional.ofNullable(disk);
  }

  @Override
  public Optional<Clocks> clocks() {
    return Optional.ofNullable(clocks);
  }

  @Override
  public List<String> missing() {
    return machine.missing();
  }

  @Override
  public Map<String, Object> clientProperties() {
    return brokers.clientProperties();
  }

  @Override
  public Permissions permissions() {
    return permissions;
  }

  /** Flink's REST API, of whoever answers. */
  FlinkRest rest() {
    return rest;
  }

  /** Where one JobManager's REST API is. */
  URI restOf(ClusterNode jobManager) {
    return jobManagers.stream()
        .filter(each -> each.node().equals(jobManager))
        .map(JobManager::rest)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public SubmittedJob job() {
    return job;
  }

  @Override
  public void close() {
    ending.close();
  }
}
