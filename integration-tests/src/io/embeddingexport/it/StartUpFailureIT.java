package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What cannot work is said at once and in one line each, before a job is submitted. */
@ExtendWith(SharedBroker.class)
class StartUpFailureIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private final Kafka kafka;

  @TempDir private Path directory;

  StartUpFailureIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void givenMissingTopicsThenEachIsNamedWithTheCommandThatCreatesIt() {
    Map<String, String> options = options("no-events", "no-records", "no-letters");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text())
        .contains("no-events", "no-records", "no-letters", "create", kafka.bootstrapServers())
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void givenAnUnreachableBrokerThenItIsNamedAfterTheTimeout() throws Exception {
    Map<String, String> options = options("events", "records", "letters");
    String nobody = "127.0.0.1:" + unusedPort();
    options.put("kafka.bootstrap-servers", nobody);
    options.put("preflight.timeout", "2 s");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text()).contains(nobody, "check").doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void givenATransactionTimeoutAboveTheBrokersThenBothAreNamed() {
    Map<String, String> options =
        options(
            kafka.createTopic("events", 1),
            kafka.createTopic("records", 1),
            kafka.createTopic("letters", 1));
    options.put("output.transaction-timeout", "1 h");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text())
        .contains("output.transaction-timeout", "900000", "transaction.max.timeout.ms");
  }

  /** Without preflight the tasks find out; Kafka's own message names neither topic nor remedy. */
  @Test
  void givenNoPreflightAndNoKeyConfigTopicThenTheJobFailsWithTheCommandThatCreatesIt() {
    Map<String, String> options =
        followingWithoutPreflight(
            kafka.createTopic("events", 1),
            kafka.createTopic("records", 1),
            kafka.createTopic("letters", 1));

    Failure failure = run(options);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .contains(
            "error: the job failed: key-config.topic = no-configs at " + kafka.bootstrapServers(),
            "kafka-topics.sh --bootstrap-server "
                + kafka.bootstrapServers()
                + " --create --topic no-configs --partitions 1 --config cleanup.policy=compact")
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(40));
  }

  /**
   * Without exactly-once; with it the sink, which opens before, fails on the same brokers first:
   * after {@code max.block.ms}.
   */
  @Test
  void givenNoPreflightAndNoBrokerThenTheJobFailsAfterTheStartTimeout() throws Exception {
    String nobody = "127.0.0.1:" + unusedPort();
    Map<String, String> options = followingWithoutPreflight("events", "records", "letters");
    options.put("kafka.bootstrap-servers", nobody);
    options.put("output.delivery-guarantee", "at-least-once");
    options.put("key-config.start-timeout", "2 s");

    Failure failure = run(options);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .contains(
            "error: the job failed: key-config.topic = no-configs at " + nobody,
            "no broker answers",
            "check address, network")
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(40));
  }

  private Map<String, String> followingWithoutPreflight(
      String input, String output, String deadLetters) {
    Map<String, String> options = options(input, output, deadLetters);
    options.put("preflight.enabled", "false");
    options.put("key-config.topic", "no-configs");
    options.put("flink.restart-strategy.type", "none");
    return options;
  }

  private Map<String, String> options(String input, String output, String deadLetters) {
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    return ExportJob.options(kafka, input, output, deadLetters, keys);
  }

  private record Failure(int status, String text, Duration took) {}

  /** Runs the command {@code run} with these options; the text is all that it prints. */
  private static Failure run(Map<String, String> options) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(text, true, StandardCharsets.UTF_8);
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
    List<String> arguments = new ArrayList<>(List.of("run"));
    options.forEach(
        (key, value) -> {
          arguments.add("--set");
          arguments.add(key + "=" + value);
        });
    PrintStream console = System.err;
    System.setErr(printed);
    long start = System.nanoTime();
    int status;
    try {
      status = commandLine.execute(arguments.toArray(String[]::new));
    } finally {
      System.setErr(console);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Failure(status, text.toString(StandardCharsets.UTF_8), took);
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
