package io.embeddingexport.it;

import static org.awaitility.Awaitility.await;

import io.embeddingexport.local.BrokerDirectory;
import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker (KRaft, one node) in a JVM of its own, on loopback and a free port. It
 * survives what happens to the test's JVM, can be killed like a real one, and goes with its data
 * when closed.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private final TemporaryDirectory home;
  private final BrokerDirectory directory;
  private final Thread endAtExit = new Thread(this::end, "end-broker");
  private Process process;

  private BrokerProcess(TemporaryDirectory home, Map<String, String> settings) throws IOException {
    this.home = home;
    this.directory = BrokerDirectory.create(home.path());
    set(settings);
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(endAtExit);
  }

  /** Starts a broker with a stock configuration and waits until it serves clients. */
  public static BrokerProcess start() {
    return start(Map.of());
  }

  /**
   * As {@link #start()}.
   *
   * @param settings of {@code server.properties}; {@code listeners} and {@code
   *     advertised.listeners} are added to the stock ones
   */
  public static BrokerProcess start(Map<String, String> settings) {
    try {
      BrokerProcess broker = new BrokerProcess(TemporaryDirectory.create("broker-"), settings);
      broker.awaitServing();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String bootstrapServers() {
    return directory.bootstrapServers();
  }

  public long pid() {
    return process.pid();
  }

  /** What the process has printed. */
  public Path log() {
    return directory.path().resolve("broker.log");
  }

  /** Kills the process as {@code kill -9} does; the data stays for {@link #restart}. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts the broker again on its data and port, after {@link #kill}. */
  public void restart() {
    try {
      process = launch();
      awaitServing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the process and deletes its data. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endAtExit);
    end();
  }

  private void end() {
    kill();
    home.delete();
  }

  private void set(Map<String, String> settings) throws IOException {
    Properties config = new Properties();
    try (var in = Files.newBufferedReader(directory.configFile())) {
      config.load(in);
    }
    String stock = config.getProperty("listeners");
    config.putAll(settings);
    addListeners("listeners", stock, settings, config);
    addListeners("advertised.listeners", "PLAINTEXT://" + bootstrapServers(), settings, config);
    try (var out = Files.newBufferedWriter(directory.configFile())) {
      config.store(out, null);
    }
  }

  private static void addListeners(
      String name, String stock, Map<String, String> settings, Properties config) {
    String added = settings.get(name);
    if (added != null) {
      config.setProperty(name, stock + "," + added);
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms128m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=" + resource("broker-log4j2.properties"),
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.Kafka",
            directory.configFile().toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private void awaitServing() {
    await("the broker on port " + directory.port())
        .atMost(START_TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(this::isListening);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      await("the broker's registration")
          .atMost(START_TIMEOUT)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
    }
  }

  private boolean isListening() throws IOException {
    if (!process.isAlive()) {
      List<String> lines = Files.readAllLines(log());
      throw new IllegalStateException(
          "the broker ended with status "
              + process.exitValue()
              + ":\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), directory.port())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String resource(String name) {
    return BrokerProcess.class.getResource("/" + name).toString();
  }
}
