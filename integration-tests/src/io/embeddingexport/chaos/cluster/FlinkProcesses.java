package io.embeddingexport.chaos.cluster;

import io.embeddingexport.it.cluster.FlinkClassPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * JobManagers, TaskManagers and the command line of a session cluster with high availability,
 * configured by {@code flink-conf/config.yaml} but for addresses, directories and times: heartbeats
 * and sessions end within ten seconds, so that a run has many failures in it.
 */
final class FlinkProcesses {
  private static final String REGISTERED = "Successful registration at resource manager";

  private final Path home;
  private final Ports ports;
  private final JavaCommand java;
  private final Map<String, String> common = new HashMap<>();
  private int commands;

  /** A JobManager, and where it listens. */
  record JobManager(ProcessNode node, int rpcPort, URI rest) {}

  /**
   * @param disk where checkpoints, savepoints and the files of high availability go
   * @param zooKeeper {@code host:port}
   */
  FlinkProcesses(Path home, Path disk, String zooKeeper, int slots, Ports ports, JavaCommand java) {
    this.home = home;
    this.ports = ports;
    this.java = java;
    common.put("execution.checkpointing.dir", disk.resolve("checkpoints").toUri().toString());
    common.put(
        "execution.checkpointing.savepoint-dir", disk.resolve("savepoints").toUri().toString());
    // So many that a run has old ones to go back to.
    common.put("execution.checkpointing.num-retained", "10");
    common.put("high-availability.type", "zookeeper");
    common.put("high-availability.zookeeper.quorum", zooKeeper);
    common.put("high-availability.storageDir", disk.resolve("ha").toUri().toString());
    common.put("high-availability.cluster-id", "/chaos");
    common.put("high-availability.zookeeper.client.session-timeout", "6000");
    common.put("high-availability.zookeeper.client.connection-timeout", "6000");
    common.put("heartbeat.interval", "2000");
    common.put("heartbeat.timeout", "10000");
    common.put("restart-strategy.exponential-delay.initial-backoff", "500ms");
    common.put("restart-strategy.exponential-delay.max-backoff", "5s");
    common.put("web.refresh-interval", "500");
    // The restarts that the REST API tells are as old as this.
    common.put("metrics.fetcher.update-interval", "1000");
    // Nobody knows the hosts' names; the addresses do.
    common.put("jobmanager.retrieve-taskmanager-hostname", "false");
    common.put("jobmanager.memory.process.size", "832m");
    common.put("taskmanager.memory.process.size", "1400m");
    common.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    // A TaskManager that is lost has its slots on others, or back soon.
    common.put("slot.request.timeout", "60000");
    common.put("cluster.io-pool.size", "8");
  }

  JobManager jobManager(int number, Host host) throws IOException {
    String name = "jobmanager-" + number;
    int rpc = ports.next();
    int rest = ports.next();
    Map<String, String> changed = new HashMap<>(common);
    changed.put("jobmanager.rpc.address", host.address());
    changed.put("jobmanager.rpc.port", Integer.toString(rpc));
    // With high availability this one counts.
    changed.put("high-availability.jobmanager.port", Integer.toString(rpc));
    changed.put("jobmanager.bind-host", host.address());
    changed.put("rest.address", host.address());
    changed.put("rest.bind-address", host.address());
    changed.put("rest.port", Integer.toString(rest));
    changed.put("blob.server.port", Integer.toString(ports.next()));
    Configuration configuration = write(name, changed);
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> command =
        command(
            name,
            configuration,
            JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
            StandaloneSessionClusterEntrypoint.class,
            JobManagerProcessUtils.generateDynamicConfigsStr(memory));
    // In high availability the address is the host's that the entry point is told.
    command.addAll(List.of("--host", host.address()));
    return new JobManager(
        new ProcessNode(
            name,
            Role.JOB_MANAGER,
            host,
            directory(name),
            new ProcessNode.Launch(command, Map.of()),
            printed -> Ports.isListening(host.address(), rest)),
        rpc,
        URI.create("http://" + host.address() + ":" + rest));
  }

  ProcessNode taskManager(int number, Host host, Map<String, String> environment)
      throws IOException {
    String name = "taskmanager-" + number;
    Map<String, String> changed = new HashMap<>(common);
    changed.put("taskmanager.host", host.address());
    changed.put("taskmanager.bind-host", host.address());
    changed.put("io.tmp.dirs", Files.createDirectories(directory(name).resolve("tmp")).toString());
    Configuration configuration = write(name, changed);
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> command =
        command(
            name,
            configuration,
            ProcessMemoryUtils.generateJvmParametersStr(memory),
            TaskManagerRunner.class,
            TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    return new ProcessNode(
        name,
        Role.TASK_MANAGER,
        host,
        directory(name),
        new ProcessNode.Launch(command, environment),
        printed -> printed.contains(REGISTERED));
  }

  /** Flink's command line, on the host of the run itself. */
  ProcessBuilder commandLine(List<String> arguments) throws IOException {
    Configuration configuration = write("client", common);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(configuration));
    command.add("-Xmx256m");
    command.add(CliFrontend.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory("client").resolve(++commands + ".log").toFile());
    builder.environment().put("FLINK_CONF_DIR", directory("client").toString());
    return builder;
  }

  private List<String> command(
      String name, Configuration configuration, String memory, Class<?> main, String dynamic) {
    List<String> command = new ArrayList<>(options(configuration));
    words(memory).forEach(command::add);
    command.add(main.getName());
    command.addAll(List.of("--configDir", directory(name).toString()));
    words(dynamic).forEach(command::add);
    return command;
  }

  private List<String> options(Configuration configuration) {
    List<String> options = new ArrayList<>(java.lean());
    words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)).forEach(options::add);
    options.add("-Dlog4j2.configurationFile=" + JavaCommand.resource("flink-log4j2.properties"));
    options.add("-cp");
    options.add(FlinkClassPath.value());
    return options;
  }

  private Path directory(String name) {
    return home.resolve(name);
  }

  /** {@code flink-conf/config.yaml} with some options changed or added. */
  private Configuration write(String name, Map<String, String> changed) throws IOException {
    Map<String, String> added = new HashMap<>(changed);
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("flink-conf", "config.yaml"))) {
      int colon = line.indexOf(": ");
      String value = colon < 0 ? null : added.remove(line.substring(0, colon));
      lines.add(value == null ? line : line.substring(0, colon) + ": " + value);
    }
    added.forEach((key, value) -> lines.add(key + ": " + value));
    Path directory = Files.createDirectories(directory(name));
    Files.write(directory.resolve("config.yaml"), lines);
    return GlobalConfiguration.loadConfiguration(directory.toString());
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
  }
}
