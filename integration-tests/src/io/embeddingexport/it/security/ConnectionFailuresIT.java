package io.embeddingexport.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.security.CommandRun.Outcome;
import io.embeddingexport.local.FreePort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong with a connection is said in one sentence, by every command that talks to Kafka:
 * the cause and what to do, without Kafka's own log lines and without secrets. Over the same
 * listeners {@link SecureConnectionsIT} works.
 */
class ConnectionFailuresIT {
  private static final String DOCTOR = "doctor";

  private static final String SAMPLES = Path.of("etc/samples/keys").toAbsolutePath().toString();

  /** A job that checks nothing first, and finds out by itself. */
  private static final String UNCHECKED = "run without preflight";

  private static final Map<String, List<String>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put(DOCTOR, List.of("doctor"));
    COMMANDS.put("run", List.of("run"));
    COMMANDS.put(UNCHECKED, List.of("run", "--set", "preflight.enabled=false"));
    COMMANDS.put("peek", List.of("peek", "records", "--until", "latest"));
    COMMANDS.put(
        "consume", List.of("consume", "records", "--separator", "ff", "--group", "readers"));
    COMMANDS.put("produce", List.of("produce", "--topic", "events", "--count", "1"));
    COMMANDS.put("keys", List.of("keys", "list"));
    COMMANDS.put("keys publish", List.of("keys", "publish", SAMPLES));
    COMMANDS.put("positions", List.of("positions", "show"));
    COMMANDS.put("transactions", List.of("transactions", "list"));
    COMMANDS.put("topics", List.of("topics", "create"));
  }

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static SecureBroker broker;
  private static StandardErrorByThread standardError;
  private static CommandLogging logging;

  /** Many wait for answers that never come. */
  private static final ExecutorService WAITING = Executors.newFixedThreadPool(24);

  /** Each starts a Flink cluster. */
  private static final ExecutorService RUNNING = Executors.newFixedThreadPool(3);

  private static final Map<ConnectionFault, Map<String, Future<Outcome>>> OUTCOMES =
      new LinkedHashMap<>();

  @BeforeAll
  static void runAll() throws Exception {
    certificates = Certificates.create(directory.resolve("certificates"));
    broker = SecureBroker.start(certificates);
    standardError = StandardErrorByThread.install();
    logging = CommandLogging.begin();
    String nobody = "127.0.0.1:" + FreePort.find();
    for (ConnectionFault fault : ConnectionFault.all(broker, certificates, nobody)) {
      Map<String, Future<Outcome>> outcomes = new LinkedHashMap<>();
      CommandRun run =
          CommandRun.with(options(fault.address(), fault.client()), directory, standardError);
      COMMANDS.forEach(
          (name, words) -> outcomes.put(name, pool(words).submit(() -> run.command(words))));
      OUTCOMES.put(fault, outcomes);
    }
  }

  private static ExecutorService pool(List<String> words) {
    return words.contains("preflight.enabled=false") ? RUNNING : WAITING;
  }

  @AfterAll
  static void stopAll() {
    WAITING.shutdownNow();
    RUNNING.shutdownNow();
    logging.close();
    standardError.close();
    broker.close();
  }

  static Stream<ConnectionFault> faults() {
    return OUTCOMES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyCommandSaysTheFaultOnce(ConnectionFault fault) throws Exception {
    for (Map.Entry<String, Future<Outcome>> command : OUTCOMES.get(fault).entrySet()) {
      Outcome outcome = command.getValue().get();
      String name = command.getKey();

      assertThat(outcome.exitCode()).as(name + outcome).isEqualTo(1);
      assertThat(outcome.lines().filter(line -> saysAll(line, fault)))
          .as(name + ": the line that says it, in " + outcome)
          .hasSize(1);
      assertThat(outcome.err().lines())
          .as(name)
          .noneMatch(line -> line.startsWith(CommandLogging.LINE))
          .noneMatch(line -> line.startsWith("\tat "));
      assertThat(outcome.lines().filter(ConnectionFailuresIT::isError))
          .as(name + ": errors, in " + outcome)
          .hasSize(1);
      assertThat(outcome.toString()).as(name).doesNotContain("sesame");
    }
  }

  private static boolean saysAll(String line, ConnectionFault fault) {
    return fault.sentence().stream().allMatch(line::contains);
  }

  private static boolean isError(String line) {
    return line.startsWith("error");
  }

  /** The options of a job. */
  private static Map<String, String> options(String address, Map<String, String> client) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("kafka.bootstrap-servers", address);
    options.put("input.topic", "events");
    options.put("output.topic", "records");
    options.put("dead-letter.topic", "letters");
    options.put("key-config.topic", "configs");
    options.put("key-config.files", SAMPLES);
    options.put("preflight.timeout", "8 s");
    options.put("kafka.client.request.timeout.ms", "2000");
    options.put("kafka.client.default.api.timeout.ms", "3000");
    options.put("flink.parallelism.default", "1");
    options.put("flink.restart-strategy.type", "none");
    client.forEach((name, value) -> options.put("kafka.client." + name, value));
    return options;
  }
}
