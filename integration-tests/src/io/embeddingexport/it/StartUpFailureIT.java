package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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

  private Map<String, String> options(String input, String output, String deadLetters) {
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    return ExportJob.options(kafka, input, output, deadLetters, keys);
  }

  private record Failure(int status, String text, Duration took) {}

  /** Runs the command {@code run} with these options. */
  private static Failure run(Map<String, String> options) {
    StringWriter text = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    List<String> arguments = new ArrayList<>(List.of("run"));
    options.forEach(
        (key, value) -> {
          arguments.add("--set");
          arguments.add(key + "=" + value);
        });
    long start = System.nanoTime();
    int status = commandLine.execute(arguments.toArray(String[]::new));
    return new Failure(status, text.toString(), Duration.ofNanos(System.nanoTime() - start));
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
