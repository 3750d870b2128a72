package io.embeddingexport.it.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A JobManager and a TaskManager, each a process, configured by {@code flink-conf/} with nothing
 * changed but ports and directories, and started the way Flink's scripts do.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, String> environment;
  private final Configuration configuration;
  private final int restPort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JavaProcess> processes = new ArrayList<>();
  private int commands;

  private StandaloneCluster(Path directory, Map<String, String> environment) throws IOException {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.restPort = FreePort.find();
    writeConfiguration();
    this.configuration = GlobalConfiguration.loadConfiguration(directory.toString());
  }

  /** A session cluster, with slots ready. */
  static StandaloneCluster start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  /**
   * Same as {@link #start(Path)}.
   *
   * @param environment variables of the processes and of Flink's command line
   */
  public static StandaloneCluster start(Path directory, Map<String, String> environment)
      throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(directory, environment);
    try {
      cluster.startJobManager(StandaloneSessionClusterEntrypoint.class, List.of());
      cluster.startTaskManager();
      await("a TaskManager's slots")
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> cluster.get("/overview").path("slots-total").asInt() > 0);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Runs a jar in application mode to the end of the job: the cluster exists for the job and ends
   * with it.
   *
   * @param arguments of Flink's entry point, the job's among them
   */
  static void runApplication(Path directory, Path jar, List<String> arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("lib"));
    Files.createDirectories(directory.resolve("usrlib"));
    Files.copy(jar, directory.resolve("usrlib").resolve(jar.getFileName()));
    try (StandaloneCluster cluster = new StandaloneCluster(directory, Map.of())) {
      cluster.startJobManager(StandaloneApplicationClusterEntryPoint.class, arguments);
      cluster.startTaskManager();
      cluster.processes.get(0).result();
    }
  }

  /** Runs Flink's command line against the cluster and returns what it printed. */
  public String flink(String... arguments) throws InterruptedException {
    String name = "client-" + ++commands;
    List<String> command = new ArrayList<>(javaOptions(name, "log4j-cli.properties"));
    command.add(CliFrontend.class.getName());
    command.addAll(List.of(arguments));
    try (JavaProcess client =
        JavaProcess.start(name, directory, with("FLINK_CONF_DIR", directory.toString()), command)) {
      return client.result();
    }
  }

  /** What the REST API answers to a GET of {@code path}. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  /** Same as {@link #get}, as text. */
  public String text(String path) throws IOException, InterruptedException {
    processes.forEach(JavaProcess::requireAlive);
    URI uri = URI.create("http://localhost:" + restPort + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /** The ids of the processes. */
  public List<Long> pids() {
    return processes.stream().map(JavaProcess::pid).toList();
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return all;
  }

  /** What the processes have logged. */
  public String logs() {
    return String.join("\n", processes.stream().map(JavaProcess::output).toList());
  }

  /** The lines of the processes' logs that a person would look for first. */
  String warnings() {
    return logs()
        .lines()
        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }

  private void startJobManager(Class<?> entryPoint, List<String> arguments) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    start(
        "jobmanager",
        JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
        entryPoint,
        JobManagerProcessUtils.generateDynamicConfigsStr(memory),
        arguments);
  }

  private void startTaskManager() {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    start(
        "taskmanager",
        ProcessMemoryUtils.generateJvmParametersStr(memory),
        TaskManagerRunner.class,
        TaskExecutorProcessUtils.generateDynamicConfigsStr(memory),
        List.of());
  }

  private void start(
      String name, String memory, Class<?> main, String dynamicOptions, List<String> arguments) {
    List<String> command = new ArrayList<>(javaOptions(name, "log4j-console.properties"));
    words(memory).forEach(command::add);
    command.add(main.getName());
    command.add("--configDir");
    command.add(directory.toString());
    words(dynamicOptions).forEach(command::add);
    command.addAll(arguments);
    // Flink finds a user's jars in usrlib/ beside its lib/.
    Map<String, String> variables = with("FLINK_LIB_DIR", directory.resolve("lib").toString());
    processes.add(JavaProcess.start(name, directory, variables, command));
  }

  /**
   * @param logging file of {@code flink-conf/}
   */
  private List<String> javaOptions(String name, String logging) {
    List<String> options = new ArrayList<>();
    words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)).forEach(options::add);
    options.add("-Dlog.file=" + directory.resolve(name + "-log4j.log"));
    options.add("-Dlog4j2.configurationFile=" + Path.of("flink-conf", logging).toUri());
    options.add("-cp");
    options.add(FlinkClassPath.value());
    return options;
  }

  private void writeConfiguration() throws IOException {
    Map<String, String> changed =
        Map.of(
            "jobmanager.rpc.port",
            "" + FreePort.find(),
            "rest.port",
            "" + restPort,
            "execution.checkpointing.dir",
            directory.resolve("checkpoints").toUri().toString(),
            "execution.checkpointing.savepoint-dir",
            directory.resolve("savepoints").toUri().toString());
    List<String> lines =
        Files.readAllLines(Path.of("flink-conf", "config.yaml")).stream()
            .map(
                line -> {
                  String key = line.contains(": ") ? line.substring(0, line.indexOf(':')) : "";
                  return changed.containsKey(key) ? key + ": " + changed.get(key) : line;
                })
            .toList();
    Files.write(directory.resolve("config.yaml"), lines);
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
  }
}
