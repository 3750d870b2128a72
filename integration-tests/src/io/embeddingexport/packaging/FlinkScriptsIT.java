package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.embeddingexport.audit.Report;
import io.embeddingexport.it.CheckedTraffic;
import io.embeddingexport.it.Kafka;
import io.embeddingexport.it.SharedBroker;
import io.embeddingexport.local.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flink-conf/} and the job jar in a real Flink distribution, by the commands of
 * docs/deploy.md. {@code .ci/long flink-scripts} builds the distribution and runs this.
 */
@ExtendWith(SharedBroker.class)
class FlinkScriptsIT {
  private static final Path JOB_JAR = Path.of(System.getProperty("job.jar"));
  private static final int A_STEP = 8_000;
  private static final int A_FEW = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern RUNNING = Pattern.compile(" ([0-9a-f]{32}) : .* \\(RUNNING\\)");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private final Markdown page = Markdown.of(Path.of("docs", "deploy.md"));
  private final Kafka kafka;
  private CheckedTraffic traffic;
  private FlinkHome flink;

  @TempDir private Path directory;

  FlinkScriptsIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void prepare() throws IOException {
    String distribution = System.getProperty("flink.home");
    assumeTrue(
        distribution != null,
        "no Flink distribution: .ci/long flink-scripts builds one and names it in -Dflink.home");
    traffic = new CheckedTraffic(kafka);
    flink = FlinkHome.create(Path.of(distribution), directory.resolve("flink"));
    flink.export("EXPORT", checkout().toString());
    Map<String, String> options = new TreeMap<>(traffic.options());
    // The cluster's 10 s would only make the test wait.
    options.put("flink.execution.checkpointing.interval", "1s");
    options.put("flink.execution.checkpointing.min-pause", "0s");
    flink.write(
        "embedding-export.yaml",
        options.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue()).toList());
  }

  @AfterEach
  void close() {
    if (traffic != null) {
      traffic.close();
    }
    if (flink != null) {
      flink.close();
    }
  }

  @Test
  void aSessionClusterUpgradesRescalesAndRollsBack() throws Exception {
    exportFrom("configure-by-copy", "session-start");
    String beforeUpgrade = stopWhileInputsCome("session-stop");
    traffic.publish(2);
    traffic.send(A_STEP);

    command("session-upgrade");
    traffic.awaitAll();
    stopWhileInputsCome("session-stop");
    traffic.send(A_STEP);

    command("session-rescale");
    traffic.awaitAll();
    assertThat(flink.processes("taskexecutor")).hasSize(2);
    stopWhileInputsCome("session-stop");
    traffic.send(A_STEP);

    flink.export("SAVEPOINT", beforeUpgrade);
    command("session-upgrade");
    traffic.awaitAll();
    stop("session-stop");
    end("session-end");

    requireNothingWrong();
    requireLogs("standalonesession", "taskexecutor", "client");
  }

  @Test
  void anApplicationUpgradesRescalesAndRollsBack() throws Exception {
    exportFrom("configure-by-variable", "application-start");
    String beforeUpgrade = stopWhileInputsCome("application-stop");
    traffic.publish(2);
    traffic.send(A_STEP);

    command("application-upgrade");
    traffic.awaitAll();
    stopWhileInputsCome("application-stop");
    traffic.send(A_STEP);

    command("application-rescale");
    traffic.awaitAll();
    assertThat(flink.processes("taskexecutor")).hasSize(2);
    stopWhileInputsCome("application-stop");
    traffic.send(A_STEP);

    flink.export("SAVEPOINT", beforeUpgrade);
    command("application-upgrade");
    traffic.awaitAll();
    stop("application-stop");
    end("application-end");

    requireNothingWrong();
    requireLogs("standalonejob", "taskexecutor", "client");
  }

  @Test
  void aSessionClusterExportsWhereFlinkConfDirNamesTheDirectory() throws Exception {
    exportFrom("configure-by-variable", "session-start");
    stop("session-stop");
    end("session-end");

    requireNothingWrong();
    requireLogs("standalonesession", "taskexecutor", "client");
  }

  @Test
  void anApplicationExportsWhereTheDirectoryIsCopied() throws Exception {
    exportFrom("configure-by-copy", "application-start");
    stop("application-stop");
    end("application-end");

    requireNothingWrong();
    requireLogs("standalonejob", "taskexecutor", "client");
  }

  private void exportFrom(String configure, String start) throws Exception {
    traffic.publish(1);
    traffic.send(A_STEP);
    command(configure);
    command(start);
    traffic.awaitAll();
  }

  private String command(String name) throws Exception {
    List<String> blocks = page.blocks("bash " + name);
    assertThat(blocks).as("blocks '%s' in docs/deploy.md", name).hasSize(1);
    return flink.run(blocks.get(0));
  }

  /**
   * Sends inputs while the job stops, so that it stops in the midst of them; returns the
   * savepoint's path.
   */
  private String stopWhileInputsCome(String name) throws Exception {
    CompletableFuture<String> stopping =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stop(name);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    while (!stopping.isDone()) {
      traffic.send(A_FEW);
    }
    return stopping.get();
  }

  private String stop(String name) throws Exception {
    List<ProcessHandle> jobManagers = flink.processes("standalonejob");
    flink.export(
        "JOB_ID",
        await("a running job").atMost(PATIENCE).until(this::runningJob, id -> !id.isEmpty()));
    Matcher matcher = SAVEPOINT.matcher(command(name));
    assertThat(matcher.find()).as("savepoint in what '%s' prints", name).isTrue();
    flink.export("SAVEPOINT", matcher.group(1));
    for (ProcessHandle jobManager : jobManagers) {
      // In application mode it ends with the job.
      jobManager.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return matcher.group(1);
  }

  private void end(String name) throws Exception {
    command(name);
    for (String kind : FlinkHome.KINDS) {
      await("the end of " + kind)
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(flink.processes(kind)).isEmpty());
    }
  }

  private String runningJob() throws Exception {
    Matcher matcher = RUNNING.matcher(flink.run("bin/flink list"));
    return matcher.find() ? matcher.group(1) : "";
  }

  private void requireNothingWrong() throws Exception {
    Report report = traffic.finish();
    assertThat(report.first()).isEmpty();
    assertThat(report.inputs()).isEqualTo(traffic.sent());
    assertThat(report.records()).isPositive();
  }

  /** Each process has a log of its own, and nothing is printed beside it. */
  private void requireLogs(String... kinds) throws IOException {
    Map<String, List<String>> logs = flink.logs(".log");
    for (String kind : kinds) {
      assertThat(logs.keySet()).anyMatch(name -> name.contains("-" + kind + "-"));
    }
    assertThat(logs)
        .allSatisfy((name, lines) -> assertThat(lines).as(name).isNotEmpty())
        .allSatisfy(
            (name, lines) ->
                // Flink drops a job's classes while its Kafka clients still close: a race.
                assertThat(lines)
                    .as(name)
                    .filteredOn(line -> line.contains(" ERROR "))
                    .allMatch(line -> line.contains("Failed to close ")))
        .allSatisfy(
            (name, lines) ->
                assertThat(lines).as(name).noneMatch(line -> line.contains("Name collision")));
    assertThat(flink.logs(".out"))
        .allSatisfy((name, lines) -> assertThat(lines).as(name).isEmpty());
  }

  /** What the commands take from the checkout, with the addresses and directories of this test. */
  private Path checkout() throws IOException {
    Path checkout = directory.resolve("checkout");
    Path conf = Files.createDirectories(checkout.resolve("flink-conf"));
    try (Stream<Path> files = Files.list(Path.of("flink-conf"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, conf.resolve(file.getFileName()));
      }
    }
    Path config = conf.resolve("config.yaml");
    String asItIs = Files.readString(config);
    String changed =
        asItIs
            .replace("rest.port: 8081", "rest.port: " + FreePort.find())
            .replace("jobmanager.rpc.port: 6123", "jobmanager.rpc.port: " + FreePort.find())
            .replace("file:///tmp/embedding-export/", directory.toUri() + "state/");
    Files.writeString(config, changed);
    Path target = Files.createDirectories(checkout.resolve("target"));
    Files.copy(JOB_JAR, target.resolve(JOB_JAR.getFileName()));
    return checkout;
  }
}
