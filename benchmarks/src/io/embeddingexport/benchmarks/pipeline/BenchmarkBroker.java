package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.local.BrokerDirectory;
import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker in a process of its own, on loopback, with all a JVM does for a server. */
final class BenchmarkBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final TemporaryDirectory home;
  private final BrokerDirectory directory;
  private final Process process;
  private final Thread endAtExit = new Thread(this::end, "end-broker");

  private BenchmarkBroker(TemporaryDirectory home) throws IOException {
    this.home = home;
    this.directory = BrokerDirectory.create(home.path());
    // What a deleted topic held is soon several GB.
    Files.writeString(
        directory.configFile(),
        "\nfile.delete.delay.ms=1000\nlog.segment.bytes=268435456\n",
        StandardOpenOption.APPEND);
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(endAtExit);
  }

  static BenchmarkBroker start() throws Exception {
    BenchmarkBroker broker = new BenchmarkBroker(TemporaryDirectory.create("benchmark-broker-"));
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) START.toMillis()))) {
      admin.describeCluster().nodes().get(START.toSeconds(), TimeUnit.SECONDS);
    }
    return broker;
  }

  String bootstrapServers() {
    return directory.bootstrapServers();
  }

  /** CPU time it has used, ns. */
  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endAtExit);
    end();
  }

  private void end() {
    process.destroyForcibly().onExit().join();
    home.delete();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms1g",
            "-Xmx1g",
            "-Dlog4j2.configurationFile="
                + BenchmarkBroker.class.getResource("/broker-log4j2.properties"),
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.Kafka",
            directory.configFile().toString())
        .redirectErrorStream(true)
        .redirectOutput(home.path().resolve("broker.log").toFile())
        .start();
  }
}
